import "server-only";
import { LRUCache } from "lru-cache";
import type { FollowedTrip } from "@/db/queries/followed-trips";
import { tripEvent } from "@/server/realtime/channels";
import type { MovedPosition } from "./write-batch";

/** A trip's followers hear of its unit at most so often; the first fix after a quiet while goes at once. */
const EVERY_MS = 2_000;
/** A round of asking is followed by a rest so many times as long, so that a big fleet's fixes are asked about together. */
const REST_FACTOR = 4;

export type TripFollowerPorts = {
  /** The trips that vehicles are under way for. */
  find: (vehicles: { agencyId: string; vehicleId: string }[]) => PromiseLike<FollowedTrip[]>;
  publish: (events: { channel: string; name: string; data: unknown }[]) => Promise<void>;
  nowMs: () => number;
  /** Runs once after a while. */
  after: (delayMs: number, run: () => void) => void;
  onError: (error: unknown) => void;
};

/** Tells those who follow a trip where its unit is: the newest position of each unit, every two seconds at most. */
export class TripFollower {
  #waiting = new Map<string, MovedPosition>();
  readonly #askedMs = new LRUCache<string, number>({ max: 50_000 });
  #isDue = false;
  #notBeforeMs = 0;

  constructor(private readonly ports: TripFollowerPorts) {}

  /** Call it after the commit. Returns at once. */
  notify(moved: readonly MovedPosition[]): void {
    for (const position of moved) this.#waiting.set(keyOf(position), position);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isDue || this.#waiting.size === 0) return;
    this.#isDue = true;
    const dueMs = Math.max(this.#notBeforeMs, this.#earliestMs());
    this.ports.after(Math.max(0, dueMs - this.ports.nowMs()), () => void this.#tell());
  }

  /** When the first of those that wait may be told of again. */
  #earliestMs(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const key of this.#waiting.keys()) {
      const dueMs = (this.#askedMs.get(key) ?? Number.NEGATIVE_INFINITY) + EVERY_MS;
      if (dueMs <= this.#notBeforeMs) return dueMs;
      earliest = Math.min(earliest, dueMs);
    }
    return earliest;
  }

  async #tell(): Promise<void> {
    const startedMs = this.ports.nowMs();
    try {
      await this.#tellOf(this.#takeDue(startedMs));
    } catch (error) {
      // A push is a hint: the next position tells the same.
      this.ports.onError(error);
    }
    const endedMs = this.ports.nowMs();
    this.#notBeforeMs = endedMs + REST_FACTOR * (endedMs - startedMs);
    this.#isDue = false;
    this.#schedule();
  }

  #takeDue(nowMs: number): Map<string, MovedPosition> {
    const due = new Map<string, MovedPosition>();
    for (const [key, position] of this.#waiting) {
      if ((this.#askedMs.get(key) ?? Number.NEGATIVE_INFINITY) + EVERY_MS > nowMs) continue;
      this.#waiting.delete(key);
      this.#askedMs.set(key, nowMs);
      due.set(key, position);
    }
    return due;
  }

  async #tellOf(positions: Map<string, MovedPosition>): Promise<void> {
    if (positions.size === 0) return;
    const trips = await this.ports.find([...positions.values()]);
    const events = trips.flatMap((trip) => {
      const position = positions.get(keyOf(trip));
      return position ? [positionEvent(trip, position)] : [];
    });
    if (events.length > 0) await this.ports.publish(events);
  }
}

const keyOf = ({ agencyId, vehicleId }: { agencyId: string; vehicleId: string }) => `${agencyId} ${vehicleId}`;

function positionEvent(trip: { id: string; channelEpoch: number }, position: MovedPosition) {
  const { lat, lon, headingDeg, speedMps, takenAt } = position;
  const payload = { tripId: trip.id, takenAt: takenAt.toISOString(), lat, lon, headingDeg, speedMps };
  const { channel, name } = tripEvent(trip, "position", payload);
  return { channel, name, data: payload };
}
