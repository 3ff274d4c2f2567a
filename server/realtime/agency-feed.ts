import { CELL_RESOLUTION, type DueCell, FrameBoard, usesSingleCell } from "@/server/domain/positions/frames";
import { POSITIONS_EVENT, type PositionFrame, positionsChannel } from "./channels";
import { LEASE_MS, type PositionPorts } from "./position-ports";

/** Vehicles are read at most this often, so that one query serves many fixes. */
const TURN_INTERVAL_MS = 200;
const RETRY_MS = 1000;
/** How often it is looked whether an agency has outgrown its one cell. */
const COUNT_INTERVAL_MS = 10_000;
/** How long this process trusts its lease: less than the lease lasts, since the answer comes after the grant. */
const HELD_MS = LEASE_MS - 2000;

/**
 * The live positions of one agency in this process. The process that holds the agency's lease publishes; the others
 * forward which vehicles have newer fixes. Work is done in turns, one at a time, so that frames keep their order.
 */
export class AgencyFeed {
  #changed = new Set<string>();
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
    for (const id of vehicleIds) this.#changed.add(id);
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
    const vehicleIds = [...this.#changed];
    this.#changed.clear();
    let notBeforeMs = 0;
    try {
      await this.#work(vehicleIds);
    } catch (error) {
      // What was taken may be half told: the next turn starts from the stored rows and makes listeners refetch.
      this.#forget();
      for (const id of vehicleIds) this.#changed.add(id);
      notBeforeMs = this.ports.nowMs() + RETRY_MS;
      this.ports.onError(error);
    } finally {
      this.#isTurning = false;
      this.#schedule(notBeforeMs);
    }
  }

  async #work(vehicleIds: string[]) {
    const known = this.#board;
    const board = await this.#lead();
    if (!board) return vehicleIds.length > 0 ? this.ports.forward(this.agencyId, vehicleIds) : undefined;
    // A new publisher has loaded the very fixes that woke it, and has still to tell them.
    if (vehicleIds.length > 0)
      board.apply(await this.ports.readLive(this.agencyId, vehicleIds), { alsoKnown: board !== known });
    await this.#send(board.takeDue(this.ports.nowMs()));
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
    const isSingleCell = usesSingleCell(await ports.countUnits(agencyId));
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
