import "server-only";
import { type Db, inAgency } from "@/db/client";
import { followedTrips } from "@/db/queries/followed-trips";
import { tripEvent } from "@/server/realtime/channels";
import type { MovedPosition } from "./write-batch";

/** A trip's followers hear of its unit at most so often. */
const EVERY_MS = 2_000;

export type TripFollowerPorts = {
  db: Db;
  publish: (events: { channel: string; name: string; data: unknown }[]) => Promise<void>;
  /** Runs once after a while. */
  after: (delayMs: number, run: () => void) => void;
  onError: (error: unknown) => void;
};

/** Tells those who follow a trip where its unit is: the newest position of each unit, every two seconds at most. */
export class TripFollower {
  #waiting = new Map<string, Map<string, MovedPosition>>();
  #isDue = false;

  constructor(private readonly ports: TripFollowerPorts) {}

  /** Call it after the commit. Returns at once. */
  notify(moved: readonly MovedPosition[]): void {
    for (const position of moved) {
      const ofAgency = this.#waiting.get(position.agencyId) ?? new Map<string, MovedPosition>();
      ofAgency.set(position.vehicleId, position);
      this.#waiting.set(position.agencyId, ofAgency);
    }
    if (this.#isDue || this.#waiting.size === 0) return;
    this.#isDue = true;
    this.ports.after(EVERY_MS, () => void this.#tell());
  }

  async #tell(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const [agencyId, positions] of waiting) {
      try {
        await this.#tellAgency(agencyId, positions);
      } catch (error) {
        // A push is a hint: the next position tells the same.
        this.ports.onError(error);
      }
    }
    this.#isDue = false;
    this.notify([]);
  }

  async #tellAgency(agencyId: string, positions: Map<string, MovedPosition>): Promise<void> {
    const { db, publish } = this.ports;
    const trips = await inAgency(db, { agencyId }, (tx) => followedTrips(tx, agencyId, [...positions.keys()]));
    const events = trips.flatMap((trip) => {
      const position = positions.get(trip.vehicleId);
      return position ? [positionEvent(trip, position)] : [];
    });
    if (events.length > 0) await publish(events);
  }
}

function positionEvent(trip: { id: string; channelEpoch: number }, position: MovedPosition) {
  const { lat, lon, headingDeg, speedMps, takenAt } = position;
  const payload = { tripId: trip.id, takenAt: takenAt.toISOString(), lat, lon, headingDeg, speedMps };
  const { channel, name } = tripEvent(trip, "position", payload);
  return { channel, name, data: payload };
}
