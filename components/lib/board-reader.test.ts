import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BoardAsk, BoardChanges } from "@/server/domain/trips/board-changes";
import type { BoardTrip, BoardUnit, BoardView } from "@/server/domain/trips/board-view";
import { BoardReader } from "./board-reader";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NOON = new Date("2026-03-04T12:00:00Z");
const aTrip = (id: string, version: number) => ({ id, version, requestedAt: NOON }) as BoardTrip;
const aBoard = (versions: Record<string, number>, units: BoardUnit[] = []): BoardView => ({
  now: NOON,
  timeZone: "UTC",
  trips: Object.entries(versions).map(([id, version]) => aTrip(id, version)),
  units,
  exceptions: [],
});
const changed = (id: string, version: number) => ({ subject: "trips" as const, id, version });

/** A console and what its server holds; `fail` makes the server refuse. */
function aConsole(held: Record<string, number> = { t1: 1, t2: 1 }) {
  const server = { versions: { ...held }, fail: false, asks: [] as BoardAsk[], boards: 0, latest: 0, takesMs: 0 };
  let board: BoardView | undefined;
  const refuse = () => {
    if (server.fail) throw new Error("away");
  };
  const readChanges = async (ask: BoardAsk): Promise<BoardChanges> => {
    server.asks.push(ask);
    refuse();
    if (server.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, server.takesMs));
    const trips = ask.trips.flatMap((id) => (id in server.versions ? [aTrip(id, server.versions[id] ?? 0)] : []));
    return { now: NOON, about: ask, trips, units: [], exceptions: [] };
  };
  const reader: BoardReader = new BoardReader({
    readAll: async () => {
      server.boards += 1;
      refuse();
      return aBoard(server.versions, [{ shiftId: "s1", vehicleId: "v1" } as BoardUnit]);
    },
    readChanges,
    held: () => board,
    keep: (next) => {
      board = next;
    },
    // As a query does: what fails shows there, and is not thrown.
    reread: () =>
      reader.all().then(
        (next) => {
          board = next;
        },
        () => undefined,
      ),
    askLatest: () => {
      server.latest += 1;
    },
    nowMs: () => Date.now(),
  });
  const shown = () => Object.fromEntries((board?.trips ?? []).map(({ id, version }) => [id, version]));
  const open = async () => {
    board = await reader.all();
    return { reader, server, shown };
  };
  return { open, reader, server, shown };
}

test("what changed is asked for, many messages at once, and nothing else is read again", async () => {
  const { reader, server, shown } = await aConsole().open();
  server.versions = { t1: 2, t2: 3 };
  reader.hear(changed("t1", 2));
  reader.hear(changed("t2", 2));
  reader.hear(changed("t2", 3));
  await vi.advanceTimersByTimeAsync(50);
  expect(server.asks).toEqual([{ trips: ["t1", "t2"], units: [], exceptions: [] }]);
  expect(shown()).toEqual({ t1: 2, t2: 3 });
  expect(server.boards).toBe(1);
});

test("a burst is read at most every 400 ms, and its last change is shown", async () => {
  const { reader, server, shown } = await aConsole().open();
  for (let version = 2; version <= 11; version++) {
    server.versions.t1 = version;
    reader.hear(changed("t1", version));
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(500);
  expect(shown().t1).toBe(11);
  expect(server.asks.length).toBeLessThanOrEqual(4);
});

test("a server that is slow is asked less often, and a quick one soon again", async () => {
  const { reader, server, shown } = await aConsole().open();
  server.takesMs = 1_000;
  const hearFor = async (seconds: number) => {
    for (let n = 0; n < seconds * 10; n++) {
      server.versions = { t1: (server.versions.t1 ?? 0) + 1, t2: 1 };
      reader.hear(changed("t1", server.versions.t1 ?? 0));
      await vi.advanceTimersByTimeAsync(100);
    }
  };
  await hearFor(12);
  expect(server.asks.length).toBe(4);
  server.takesMs = 0;
  await vi.advanceTimersByTimeAsync(3_000);
  const before = server.asks.length;
  await hearFor(4);
  expect(server.asks.length - before).toBeGreaterThanOrEqual(9);
  await vi.advanceTimersByTimeAsync(500);
  expect(shown()).toMatchObject({ t1: server.versions.t1 });
});

test("after a gap the whole board is read, once", async () => {
  const { reader, server, shown } = await aConsole().open();
  server.versions = { t1: 1, t3: 1 };
  reader.resync();
  reader.hear(changed("t1", 1));
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.boards).toBe(2);
  expect(server.asks).toEqual([]);
  expect(shown()).toEqual({ t1: 1, t3: 1 });
});

test("a console that hears of changes all the time reads the whole board now and then", async () => {
  const { reader, server } = await aConsole().open();
  for (let second = 0; second < 81; second++) {
    reader.hear(changed("t1", 1));
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(server.boards).toBe(3);
});

test("an answer that is older than what was told is asked for once more, at the primary", async () => {
  const { reader, server, shown } = await aConsole().open();
  reader.hear(changed("t1", 2));
  await vi.advanceTimersByTimeAsync(50);
  expect([shown().t1, server.latest]).toEqual([1, 1]);
  server.versions.t1 = 2;
  await vi.advanceTimersByTimeAsync(500);
  expect([shown().t1, server.asks.length]).toEqual([2, 2]);
});

test("a message of a version that never comes is given up", async () => {
  const { reader, server } = await aConsole().open();
  reader.hear(changed("t1", 99));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.asks).toHaveLength(2);
});

test("more than can be asked for is read as a whole board", async () => {
  const { reader, server } = await aConsole().open();
  for (let n = 0; n < 201; n++) reader.hear(changed(`x${n}`, 1));
  await vi.advanceTimersByTimeAsync(1000);
  expect([server.asks.length, server.boards]).toEqual([0, 2]);
});

test("while the server refuses, it is asked less and less often; what was told is shown when it is back", async () => {
  const { reader, server, shown } = await aConsole().open();
  server.fail = true;
  server.versions.t1 = 2;
  reader.hear(changed("t1", 2));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.asks.length + server.boards).toBeLessThan(10);
  server.fail = false;
  await vi.advanceTimersByTimeAsync(50_000);
  expect(shown().t1).toBe(2);
});

test("a vehicle's change is a change of its units, and of none when they are not on the board", async () => {
  const { reader, server } = await aConsole().open();
  reader.hearVehicle("v1");
  reader.hearVehicle("v9");
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.asks).toEqual([{ trips: [], units: ["s1"], exceptions: [] }]);
});

test("what a console changed itself is shown when its promise ends, whatever is under way", async () => {
  const { reader, server, shown } = await aConsole().open();
  reader.hear(changed("t2", 1));
  server.versions.t1 = 2;
  await reader.reread([{ subject: "trips", id: "t1", version: null }]);
  expect(shown().t1).toBe(2);
  server.fail = true;
  await reader.reread([{ subject: "trips", id: "t1", version: null }]);
  expect(server.boards).toBe(2);
});

test("a reader that stopped asks nothing more", async () => {
  const { reader, server } = await aConsole().open();
  reader.hear(changed("t1", 2));
  reader.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(server.asks).toEqual([]);
});
