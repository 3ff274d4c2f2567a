import type postgres from "postgres";
import { CELL_RESOLUTION, cellOf, type LiveUnit, splitFrame, toRow } from "@/server/domain/positions/frames";
import type { RealtimePublisher } from "@/server/integrations/pusher/publisher";
import { POSITIONS_EVENT, positionsChannel } from "@/server/realtime/channels";

/** The demo county's middle, and how far units stray from it, in degrees. */
const MIDDLE = { lat: 40.62, lon: -89.38 };
const SPREAD_DEG = 0.12;
const TICK_MS = 1_000;
const EVERY_TICKS = 5;

const placeOf = (n: number, step: number) => ({
  lat: MIDDLE.lat + SPREAD_DEG * Math.sin(n * 12.9898 + step * 0.01),
  lon: MIDDLE.lon + SPREAD_DEG * Math.cos(n * 78.233 + step * 0.013),
});

/** Gives every vehicle of an agency a position of this moment. */
export const placeUnits = (owner: postgres.Sql, agencyId: string, deviceIds: readonly string[]) => {
  const places = deviceIds.map((_, n) => placeOf(n, 0));
  return owner`
    insert into vehicle_positions (agency_id, vehicle_id, taken_at, received_at, location, speed_mps, heading_deg, device_id, source)
    select ${agencyId}, id, now(), now(), ST_SetSRID(ST_MakePoint(lon, lat), 4326), 11, 90, id, 'device'
    from unnest(${[...deviceIds]}::uuid[], ${places.map(({ lat }) => lat)}::float8[], ${places.map(({ lon }) => lon)}::float8[])
      as p (id, lat, lon)`;
};

/**
 * Publishes the movement of a fleet as the position publisher does: every unit every five seconds, each cell once a
 * second, numbered from 1.
 */
export class MovingFleet {
  #step = 0;
  readonly #cells = new Map<string, string>();
  readonly #seqs = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly publisher: RealtimePublisher,
    private readonly agencyId: string,
    private readonly size: { units: number; isSingleCell: boolean },
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.#timer = setInterval(() => {
      this.#sending = this.#sending.then(() => this.#tick()).catch(this.onError);
    }, TICK_MS);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#sending;
  }

  async #tick(): Promise<void> {
    this.#step += 1;
    const nowMs = Date.now();
    const changed = new Map<string, { units: LiveUnit[]; gone: string[] }>();
    const of = (cell: string) => {
      const known = changed.get(cell) ?? { units: [], gone: [] };
      changed.set(cell, known);
      return known;
    };
    for (let n = this.#step % EVERY_TICKS; n < this.size.units; n += EVERY_TICKS) {
      const vehicleNo = String(n + 1);
      const at = placeOf(n, this.#step);
      const unit = { vehicleNo, ...at, headingDeg: (n + this.#step) % 360, speedMps: 11, takenAtMs: nowMs };
      const cell = cellOf(at, this.size.isSingleCell);
      const before = this.#cells.get(vehicleNo);
      if (before !== undefined && before !== cell) of(before).gone.push(vehicleNo);
      this.#cells.set(vehicleNo, cell);
      of(cell).units.push(unit);
    }
    const events = [...changed].flatMap(([cell, { units, gone }]) => {
      const rows = units.map((unit) => toRow(unit, nowMs));
      return splitFrame(rows, gone).map((part) => ({
        channel: positionsChannel(this.agencyId, CELL_RESOLUTION, cell),
        name: POSITIONS_EVENT,
        data: { seq: this.#next(cell), t: nowMs, ...part },
      }));
    });
    await this.publisher.publish(events);
  }

  #next(cell: string): number {
    const seq = (this.#seqs.get(cell) ?? 0) + 1;
    this.#seqs.set(cell, seq);
    return seq;
  }
}
