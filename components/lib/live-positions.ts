import { PositionFrame, type PositionRow } from "@/server/realtime/channel-events";

export type LivePosition = {
  vehicleNo: string;
  lat: number;
  lon: number;
  /** Clockwise from north; null is unknown. */
  headingDeg: number | null;
  speedMps: number | null;
  /** Epoch milliseconds, by the server's clock, to the second. */
  takenAtMs: number;
  cell: string;
};
/** What `trpc.realtime.positions` answers. */
export type Snapshot = { t: number; cells: Record<string, { seq: number; v: PositionRow[] }> };
export type LivePositionsPorts = {
  /** Joins a cell's channel; `onResync` comes at each (re)subscription. @returns how to leave */
  subscribe: (cell: string, onFrame: (data: unknown) => void, onResync: () => void) => () => void;
  loadSnapshot: (cells: string[]) => Promise<Snapshot>;
  retryMs?: number;
};
/** Numbers of the vehicles that moved, came or went. */
type Listener = (changed: ReadonlySet<string>) => void;
type Cell = { leave: () => void; seq: number; isLoading: boolean; waiting: PositionFrame[] };

/** A row's time is rounded to a second: only what is older by more is older. */
const ROUNDING_MS = 1000;

/**
 * Where the units in the cells in view are, outside React: the map layer reads it and listens. A cell is loaded at each
 * (re)subscription and whenever a frame is missing; frames that come meanwhile wait for the snapshot.
 */
export class LivePositions {
  readonly #units = new Map<string, LivePosition>();
  readonly #cells = new Map<string, Cell>();
  readonly #listeners = new Set<Listener>();
  readonly #toLoad = new Set<string>();
  #isLoadScheduled = false;
  #version = 0;

  constructor(private readonly ports: LivePositionsPorts) {}

  get units(): ReadonlyMap<string, LivePosition> {
    return this.#units;
  }
  /** Grows with each change: a snapshot for `useSyncExternalStore`. */
  version = () => this.#version;
  /** Whether each cell in view has been loaded and missed nothing since. */
  isComplete = () => [...this.#cells.values()].every(({ isLoading }) => !isLoading);

  subscribe = (listener: Listener) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Follows exactly these cells; units of the others are forgotten. */
  follow(cells: readonly string[]) {
    const wanted = new Set(cells);
    for (const [name, cell] of this.#cells) {
      if (wanted.has(name)) continue;
      cell.leave();
      this.#cells.delete(name);
      this.#tell(this.#unitsOf(name).filter((vehicleNo) => this.#units.delete(vehicleNo)));
    }
    for (const name of wanted) if (!this.#cells.has(name)) this.#join(name);
  }

  #join(name: string) {
    const cell: Cell = { leave: () => undefined, seq: 0, isLoading: true, waiting: [] };
    this.#cells.set(name, cell);
    cell.leave = this.ports.subscribe(
      name,
      (data) => this.#receive(name, cell, data),
      () => this.#load(name, cell),
    );
  }

  #receive(name: string, cell: Cell, data: unknown) {
    const frame = PositionFrame.safeParse(data);
    if (!frame.success) return this.#load(name, cell);
    if (cell.isLoading) {
      cell.waiting.push(frame.data);
      return;
    }
    if (frame.data.seq <= cell.seq) return;
    if (frame.data.seq > cell.seq + 1) {
      this.#load(name, cell);
      cell.waiting.push(frame.data);
      return;
    }
    cell.seq = frame.data.seq;
    this.#tell(this.#applyFrame(name, frame.data));
  }

  #load(name: string, cell: Cell) {
    if (this.#cells.get(name) !== cell) return;
    cell.isLoading = true;
    cell.waiting = [];
    this.#toLoad.add(name);
    this.#scheduleLoad(10);
  }

  /** Cells that need loading in one moment are loaded together: a reconnection asks for all at once. */
  #scheduleLoad(delayMs: number) {
    if (this.#isLoadScheduled) return;
    this.#isLoadScheduled = true;
    setTimeout(() => {
      this.#isLoadScheduled = false;
      void this.#loadNow();
    }, delayMs);
  }

  async #loadNow() {
    const names = [...this.#toLoad].filter((name) => this.#cells.has(name));
    this.#toLoad.clear();
    if (names.length === 0) return;
    try {
      const snapshot = await this.ports.loadSnapshot(names);
      for (const name of names) this.#replace(name, snapshot);
    } catch {
      // The connection dot tells of the outage; the cells stay incomplete until a later try succeeds.
      for (const name of names) this.#toLoad.add(name);
      this.#scheduleLoad(this.ports.retryMs ?? 3000);
    }
  }

  #replace(name: string, snapshot: Snapshot) {
    const cell = this.#cells.get(name);
    const loaded = snapshot.cells[name];
    // A cell that missed a frame while this snapshot was on its way is loaded once more.
    if (!cell || !loaded || this.#toLoad.has(name)) return;
    const present = new Set(loaded.v.map(([vehicleNo]) => vehicleNo));
    const changed = this.#unitsOf(name).filter((no) => !present.has(no) && this.#units.delete(no));
    changed.push(...this.#applyFrame(name, { seq: loaded.seq, t: snapshot.t, v: loaded.v, gone: [] }));
    const { waiting } = cell;
    // The snapshot was read after the subscription, so it holds whatever was told before the first waiting frame.
    cell.seq = Math.max(loaded.seq, (waiting[0]?.seq ?? 0) - 1);
    cell.isLoading = false;
    cell.waiting = [];
    this.#tell(changed);
    for (const frame of waiting) this.#receive(name, cell, frame);
  }

  #applyFrame(cell: string, { t, v, gone }: PositionFrame): string[] {
    const changed: string[] = [];
    for (const row of v) {
      const unit = fromRow(row, t, cell);
      const known = this.#units.get(unit.vehicleNo);
      if (known && unit.takenAtMs < known.takenAtMs - ROUNDING_MS) continue;
      this.#units.set(unit.vehicleNo, unit);
      changed.push(unit.vehicleNo);
    }
    for (const vehicleNo of gone) {
      if (this.#units.get(vehicleNo)?.cell !== cell) continue;
      this.#units.delete(vehicleNo);
      changed.push(vehicleNo);
    }
    return changed;
  }

  #unitsOf = (cell: string) => [...this.#units.values()].filter((unit) => unit.cell === cell).map((u) => u.vehicleNo);

  #tell(changed: string[]) {
    if (changed.length === 0) return;
    this.#version++;
    const vehicleNos = new Set(changed);
    for (const listener of this.#listeners) listener(vehicleNos);
  }
}

function fromRow([vehicleNo, lonE5, latE5, headingDeg, speedDmps, ageS]: PositionRow, t: number, cell: string) {
  return {
    vehicleNo,
    lon: lonE5 / 1e5,
    lat: latE5 / 1e5,
    headingDeg: headingDeg < 0 ? null : headingDeg,
    speedMps: speedDmps < 0 ? null : speedDmps / 10,
    takenAtMs: t - ageS * 1000,
    cell,
  };
}
