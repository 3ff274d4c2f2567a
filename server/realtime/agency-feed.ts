import {
  CELL_RESOLUTION,
  type DueCell,
  FrameBoard,
  type LiveUnit,
  usesSingleCell,
} from "@/server/domain/positions/frames";
import type { PositionFrame } from "./channel-events";
import { POSITIONS_EVENT, positionsChannel } from "./channels";
import { LEASE_MS, type MovedUnit, type PositionPorts } from "./position-ports";

/** Vehicles are read at most this often, so that one query serves many fixes. */
const TURN_INTERVAL_MS = 200;
const RETRY_MS = 1000;
/** How often the agency's vehicles are read: their numbers, and whether they have outgrown one cell. */
const COUNT_INTERVAL_MS = 10_000;
/** How long this process trusts its lease: less than the lease lasts, since the answer comes after the grant. */
const HELD_MS = LEASE_MS - 2000;

/**
 * The live positions of one agency in this process. The process that holds the agency's lease publishes; the others
 * forward which vehicles have newer fixes. Work is done in turns, one at a time, so that frames keep their order.
 */
export class AgencyFeed {
  /** Vehicles with newer fixes, and these where they are at hand. */
  #changed = new Map<string, MovedUnit | null>();
  #numbers = new Map<string, string>();
  #board: FrameBoard | null = null;
  #term = 0;
  #heldUntilMs = 0;
  #othersUntilMs = 0;
  #isTurning = false;
  #countedAtMs = 0;
  #lastTurnMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(
    private readonly agencyId: string,
    private readonly ports: PositionPorts,
  ) {}

  /** These vehicles have newer fixes. */
  notify(vehicleIds: Iterable<string>) {
    for (const id of vehicleIds) this.#changed.set(id, null);
    this.#schedule();
  }

  /** The same with the fixes themselves. */
  notifyMoved(moved: Iterable<MovedUnit>) {
    for (const unit of moved) {
      const known = this.#changed.get(unit.vehicleId);
      // Two commits may be told of in the other order; and what must be read is read anyway.
      if (known === undefined || (known && known.takenAt <= unit.takenAt)) this.#changed.set(unit.vehicleId, unit);
    }
    this.#schedule();
  }

  /** Another process says so: only the holder of the lease cares. */
  notifyForwarded(vehicleIds: Iterable<string>) {
    if (this.#isHeld()) this.notify(vehicleIds);
  }

  stop() {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #isHeld = () => this.#heldUntilMs > this.ports.nowMs();

  #schedule(notBeforeMs = 0) {
    const dueMs = this.#changed.size > 0 ? this.#lastTurnMs + TURN_INTERVAL_MS : this.#board?.nextDueMs();
    if (this.#isStopped || this.#isTurning || dueMs === null || dueMs === undefined) return;
    const atMs = Math.max(dueMs, notBeforeMs);
    this.#cancel?.();
    this.#cancel = this.ports.after(Math.max(0, atMs - this.ports.nowMs()), () => void this.#turn());
  }

  async #turn() {
    if (this.#isTurning) return;
    this.#isTurning = true;
    this.#lastTurnMs = this.ports.nowMs();
    const changed = this.#changed;
    this.#changed = new Map();
    let notBeforeMs = 0;
    try {
      await this.#work(changed);
    } catch (error) {
      // What was taken may be half told: the next turn starts from the stored rows and makes listeners refetch.
      this.#forget();
      for (const id of changed.keys()) this.#changed.set(id, null);
      notBeforeMs = this.ports.nowMs() + RETRY_MS;
      this.ports.onError(error);
    } finally {
      this.#isTurning = false;
      this.#schedule(notBeforeMs);
    }
  }

  async #work(changed: Map<string, MovedUnit | null>) {
    const known = this.#board;
    const board = await this.#lead();
    if (!board) return changed.size > 0 ? this.ports.forward(this.agencyId, [...changed.keys()]) : undefined;
    // A new publisher has loaded the very fixes that woke it, and has still to tell them.
    if (changed.size > 0) board.apply(await this.#unitsOf(changed), { alsoKnown: board !== known });
    await this.#send(board.takeDue(this.ports.nowMs()));
  }

  /** Newest fixes as they were handed over; those that were not, or whose vehicle is not known by number, are read. */
  async #unitsOf(changed: Map<string, MovedUnit | null>): Promise<LiveUnit[]> {
    const units: LiveUnit[] = [];
    const unread: string[] = [];
    for (const [id, moved] of changed) {
      const vehicleNo = this.#numbers.get(id);
      if (!moved || vehicleNo === undefined) unread.push(id);
      else {
        const { lat, lon, headingDeg, speedMps } = moved;
        units.push({ vehicleNo, lat, lon, headingDeg, speedMps, takenAtMs: moved.takenAt.getTime() });
      }
    }
    return unread.length === 0 ? units : [...units, ...(await this.ports.readLive(this.agencyId, unread))];
  }

  /** The board when this process is or becomes the publisher, else null. */
  async #lead(): Promise<FrameBoard | null> {
    const nowMs = this.ports.nowMs();
    if (this.#board && this.#heldUntilMs > nowMs) return this.#boardOfItsSize(this.#board);
    if (this.#othersUntilMs > nowMs) return null;
    const lease = await this.ports.acquire(this.agencyId);
    if (!lease.isHeld) {
      this.#forget();
      this.#othersUntilMs = nowMs + lease.forMs;
      return null;
    }
    this.#heldUntilMs = nowMs + HELD_MS;
    const isKnown = this.#board !== null && lease.term === this.#term;
    this.#term = lease.term;
    return this.#boardOfItsSize(isKnown ? this.#board : null);
  }

  /** The board, made anew when there is none or when the agency has outgrown its one cell (or shrunk back to it). */
  async #boardOfItsSize(board: FrameBoard | null): Promise<FrameBoard> {
    const { agencyId, ports } = this;
    if (board && ports.nowMs() - this.#countedAtMs < COUNT_INTERVAL_MS) return board;
    this.#numbers = await ports.vehicleNumbers(agencyId);
    const isSingleCell = usesSingleCell(this.#numbers.size);
    this.#countedAtMs = ports.nowMs();
    if (board?.isSingleCell === isSingleCell) return board;
    const made = new FrameBoard(isSingleCell);
    made.load(await ports.readLive(agencyId, "all"));
    await this.#breakSequences();
    this.#board = made;
    return made;
  }

  /** A former publisher may have died with something untold, or cells have changed: a gap in each cell's numbers makes listeners refetch. */
  async #breakSequences() {
    const cells = await this.ports.knownCells(this.agencyId);
    const empty = cells.map((cell) => ({ cell, parts: [{ v: [], gone: [] }] }));
    await this.#send(empty, 1);
  }

  async #send(due: DueCell[], skipped = 0) {
    if (due.length === 0) return;
    const { agencyId, ports } = this;
    const counts = new Map(due.map(({ cell, parts }) => [cell, parts.length + skipped]));
    const askedMs = ports.nowMs();
    const lastSeq = await ports.advance(agencyId, this.#term, counts);
    if (!lastSeq) throw new Error("the lease on position frames was lost");
    this.#heldUntilMs = Math.max(this.#heldUntilMs, askedMs + HELD_MS);
    await ports.publish(
      due.flatMap(({ cell, parts }) =>
        parts.map((part, i) => {
          const seq = (lastSeq.get(cell) ?? 0) - parts.length + 1 + i;
          const data: PositionFrame = { seq, t: askedMs, ...part };
          return { channel: positionsChannel(agencyId, CELL_RESOLUTION, cell), name: POSITIONS_EVENT, data };
        }),
      ),
    );
  }

  #forget() {
    this.#board = null;
    this.#heldUntilMs = 0;
  }
}
