import { latLngToCell } from "h3-js";

/** A unit's newest fix as the map needs it. */
export type LiveUnit = {
  vehicleNo: string;
  lat: number;
  lon: number;
  headingDeg: number | null;
  speedMps: number | null;
  /** Epoch milliseconds, UTC. */
  takenAtMs: number;
};

/** vehicleNo, lonE5, latE5, headingDeg, speedDmps, ageS; -1 is unknown. */
export type FrameRow = [string, number, number, number, number, number];
/** One event of a cell, without its number. */
export type FramePart = { v: FrameRow[]; gone: string[] };
/** A cell whose turn has come, already cut into events. */
export type DueCell = { cell: string; parts: FramePart[] };

/** H3 resolution of position channels for a metro: about 36 km² a cell. */
export const CELL_RESOLUTION = 6;
/** An agency with fewer units uses the one cell `all`. */
export const SINGLE_CELL_BELOW_UNITS = 500;
export const SINGLE_CELL = "all";
export const MIN_INTERVAL_MS = 1000;
/** Pusher's 10 KB an event, less the envelope `{seq, t, v, gone}`. */
const FRAME_BYTES = 10_240 - 120;

/** Whether an agency of this size uses one cell. */
export const usesSingleCell = (unitCount: number) => unitCount < SINGLE_CELL_BELOW_UNITS;

/** The cell a point lies in. @throws when a coordinate is no finite number */
export const cellOf = (at: { lat: number; lon: number }, isSingle: boolean) =>
  isSingle ? SINGLE_CELL : latLngToCell(at.lat, at.lon, CELL_RESOLUTION);

/** A unit as a row of a frame made at `nowMs`. */
export const toRow = (unit: LiveUnit, nowMs: number): FrameRow => [
  unit.vehicleNo,
  Math.round(unit.lon * 1e5),
  Math.round(unit.lat * 1e5),
  unit.headingDeg === null ? -1 : Math.round(unit.headingDeg) % 360,
  unit.speedMps === null ? -1 : Math.round(unit.speedMps * 10),
  Math.max(0, Math.round((nowMs - unit.takenAtMs) / 1000)),
];

/** Cuts rows and departures into events of at most `limitBytes` of JSON; at least one, also when both are empty. */
export function splitFrame(rows: FrameRow[], gone: string[], limitBytes = FRAME_BYTES): FramePart[] {
  const parts: FramePart[] = [{ v: [], gone: [] }];
  let bytes = 0;
  const roomFor = (item: unknown): FramePart => {
    const size = jsonBytes(item) + 1;
    const last = parts.at(-1);
    if (last && (bytes === 0 || bytes + size <= limitBytes)) {
      bytes += size;
      return last;
    }
    const next: FramePart = { v: [], gone: [] };
    parts.push(next);
    bytes = size;
    return next;
  };
  for (const row of rows) roomFor(row).v.push(row);
  for (const vehicleNo of gone) roomFor(vehicleNo).gone.push(vehicleNo);
  return parts;
}

/** UTF-8 length of a value's JSON. */
const jsonBytes = (value: unknown) => {
  let bytes = 0;
  for (const character of JSON.stringify(value)) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

type Cell = { changed: Map<string, LiveUnit>; gone: Set<string>; lastSentMs: number };

/**
 * Where each unit of one agency is, and what each cell's listeners have not been told yet. Of several changes within a
 * second only the last one is sent; the first change after a quiet second is due at once.
 */
export class FrameBoard {
  readonly #units = new Map<string, { unit: LiveUnit; cell: string }>();
  readonly #cells = new Map<string, Cell>();

  constructor(readonly isSingleCell: boolean) {}

  /**
   * Takes newest fixes in; one that is not newer than what is known changes nothing.
   * @param options.alsoKnown - tells the fix that is known again
   */
  apply(units: LiveUnit[], { alsoKnown = false } = {}) {
    for (const unit of units) {
      const known = this.#units.get(unit.vehicleNo);
      const newerByMs = unit.takenAtMs - (known?.unit.takenAtMs ?? Number.NEGATIVE_INFINITY);
      if (newerByMs < 0 || (newerByMs === 0 && !alsoKnown)) continue;
      const cell = cellOf(unit, this.isSingleCell);
      if (known && known.cell !== cell) this.#leave(known.cell, unit.vehicleNo);
      this.#units.set(unit.vehicleNo, { unit, cell });
      const to = this.#open(cell);
      to.gone.delete(unit.vehicleNo);
      to.changed.set(unit.vehicleNo, unit);
    }
  }

  /** Takes in where units are without telling anybody: the state that a new publisher starts from. */
  load(units: LiveUnit[]) {
    for (const unit of units) this.#units.set(unit.vehicleNo, { unit, cell: cellOf(unit, this.isSingleCell) });
  }

  /** The cells whose turn it is, emptied. */
  takeDue(nowMs: number): DueCell[] {
    const due: DueCell[] = [];
    for (const [name, cell] of this.#cells) {
      const isQuiet = nowMs - cell.lastSentMs >= MIN_INTERVAL_MS;
      if (!isQuiet) continue;
      if (cell.changed.size === 0 && cell.gone.size === 0) {
        this.#cells.delete(name);
        continue;
      }
      const rows = [...cell.changed.values()].map((unit) => toRow(unit, nowMs));
      due.push({ cell: name, parts: splitFrame(rows, [...cell.gone]) });
      cell.changed.clear();
      cell.gone.clear();
      cell.lastSentMs = nowMs;
    }
    return due;
  }

  /** When the next cell is due, epoch milliseconds; null when nothing waits. */
  nextDueMs(): number | null {
    const waiting = [...this.#cells.values()].filter(({ changed, gone }) => changed.size > 0 || gone.size > 0);
    return waiting.length === 0 ? null : Math.min(...waiting.map(({ lastSentMs }) => lastSentMs + MIN_INTERVAL_MS));
  }

  #leave(cell: string, vehicleNo: string) {
    const from = this.#open(cell);
    from.changed.delete(vehicleNo);
    from.gone.add(vehicleNo);
  }

  #open(name: string): Cell {
    const existing = this.#cells.get(name);
    if (existing) return existing;
    const cell: Cell = { changed: new Map(), gone: new Set(), lastSentMs: Number.NEGATIVE_INFINITY };
    this.#cells.set(name, cell);
    return cell;
  }
}
