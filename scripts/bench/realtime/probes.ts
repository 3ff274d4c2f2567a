import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import type { Fleet } from "@/scripts/bench/lib/fleet";
import { CELL_RESOLUTION, cellOf } from "@/server/domain/positions/frames";
import { PositionFrame, TripEvents } from "@/server/realtime/channel-events";
import { positionsChannel, tripChannel } from "@/server/realtime/channels";
import { type Credentials, follow } from "./follow";

/** Longer than followers of a trip and listeners of a cell wait for the next. */
const EVERY_MS = 2_500;
/** Of a trip whose followers have not changed. */
const FIRST_EPOCH = 1;

type Probe = { token: string; vehicleNo: string; agencyId: string; tripId: string; lat: number; lon: number };
type Sent = { atMs: number; lonE5: number; takenAt: string };

/** Puts one vehicle of each agency under way for a trip. */
export async function seedProbes(owner: postgres.Sql, fleet: Fleet): Promise<Probe[]> {
  const probes = fleet.agencies.map((agencyId, n) => ({
    token: fleet.tokens[n] ?? "",
    vehicleId: fleet.deviceIds[n] ?? "",
    vehicleNo: String(n + 1),
    agencyId,
    tripId: randomUUID(),
    lat: 39.2 + n * 1e-4,
    lon: -76.7 + ((n * 7) % 1000) * 1e-4,
  }));
  for (const { agencyId, vehicleId, tripId, vehicleNo } of probes) {
    const [shiftId, assignmentId] = [randomUUID(), randomUUID()];
    await owner`insert into shifts (agency_id, id, vehicle_id, call_sign, starts_at, ends_at, signed_on_at)
      values (${agencyId}, ${shiftId}, ${vehicleId}, ${`M${vehicleNo}`}, now() - interval '1 hour', now() + interval '8 hours', now())`;
    await owner`insert into trips (agency_id, id, number, priority, level, timing, unknown_rider, pickup_location, dropoff_location,
        passengers, booked_at, requested_at, status)
      values (${agencyId}, ${tripId}, ${`P-${vehicleNo}`}, 'scheduled', 'wheelchair', 'fixed', true, 'SRID=4326;POINT(-76.6 39.2)',
        'SRID=4326;POINT(-76.6 39.3)', '{"ambulatory":0,"wheelchair":1,"stretcher":0}', now(), now(), 'en_route')`;
    await owner`insert into assignments (agency_id, id, trip_id, shift_id, vehicle_id, mode, status, assigned_at)
      values (${agencyId}, ${assignmentId}, ${tripId}, ${shiftId}, ${vehicleId}, 'dispatch', 'en_route', now())`;
  }
  return probes;
}

export type Latencies = { trip: number[]; cell: number[]; sent: number };

/** Posts fixes of the probes, spread in time, and follows them: from the post to the event in a subscriber. */
export class ProbeRun {
  readonly #sent = new Map<string, Sent>();
  readonly #latencies: Latencies = { trip: [], cell: [], sent: 0 };
  #step = 0;
  #timers: NodeJS.Timeout[] = [];
  #leave: () => void = () => undefined;

  constructor(
    private readonly url: string,
    private readonly probes: readonly Probe[],
    private readonly onError: (error: unknown) => void,
  ) {}

  async start(credentials: Credentials): Promise<void> {
    const channels = this.probes.flatMap((probe) => [
      tripChannel(probe.tripId, FIRST_EPOCH),
      positionsChannel(probe.agencyId, CELL_RESOLUTION, cellOf(probe, false)),
    ]);
    this.#leave = await follow(this.url, credentials, channels, (channel, event, data) =>
      this.#hear(channel, event, data),
    );
    for (const [n, probe] of this.probes.entries()) {
      const post = () => void this.#post(probe).catch(this.onError);
      const first = setTimeout(
        () => this.#timers.push(setInterval(post, EVERY_MS)),
        (n / this.probes.length) * EVERY_MS,
      );
      this.#timers.push(first);
    }
  }

  /** Sorted latencies in ms since the last call. */
  take(): Latencies {
    const { trip, cell, sent } = this.#latencies;
    Object.assign(this.#latencies, { trip: [], cell: [], sent: 0 });
    return { trip: trip.sort((a, b) => a - b), cell: cell.sort((a, b) => a - b), sent };
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#leave();
  }

  async #post({ token, vehicleNo, lat, lon }: Probe): Promise<void> {
    this.#step += 1;
    // Each place is another one by about a metre, so that a frame's row tells which fix it shows.
    const lonE5 = Math.round(lon * 1e5) + (this.#step % 50);
    const takenAt = new Date().toISOString();
    this.#sent.set(vehicleNo, { atMs: performance.now(), lonE5, takenAt });
    this.#latencies.sent += 1;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ takenAt, lat, lon: lonE5 / 1e5, speedMps: 1, headingDeg: 10 });
    const response = await fetch(`${this.url}/api/v1/positions`, { method: "POST", headers, body });
    if (response.status !== 202) throw new Error(`a fix was answered ${response.status}`);
    await response.arrayBuffer();
  }

  #hear(channel: string, event: string, data: unknown): void {
    const now = performance.now();
    if (event === "position") {
      const { tripId, takenAt } = TripEvents.position.parse(data);
      const probe = this.probes.find((one) => one.tripId === tripId);
      const sent = probe && this.#sent.get(probe.vehicleNo);
      if (sent?.takenAt === takenAt) this.#latencies.trip.push(now - sent.atMs);
    } else if (event === "positions") {
      for (const [vehicleNo, lonE5] of PositionFrame.parse(data).v) {
        const sent = channel.includes("pos") ? this.#sent.get(vehicleNo) : undefined;
        if (sent?.lonE5 === lonE5) this.#latencies.cell.push(now - sent.atMs);
      }
    }
  }
}
