import { expect, test } from "vitest";
import type { LiveUnit } from "@/server/domain/positions/frames";
import type { PositionFrame } from "./channel-events";
import { LEASE_MS, type PositionPorts } from "./position-ports";
import { PositionPublisher } from "./position-publisher";

const AGENCY = "018f3a5e-7c11-7b3a-9c55-0123456789ab";
const T = 1_760_000_000_000;
const home = { lat: 39.29, lon: -76.61 };
const far = { lat: 39.6, lon: -76.9 };

type Sent = { channel: string; name: string; data: PositionFrame };

/** The shared parts of several processes: clock, rows, leases; `process()` makes one publisher with its own view. */
function aWorld({ units = 10 } = {}) {
  let nowMs = T;
  const timers = new Set<{ atMs: number; run: () => void }>();
  const rows = new Map<string, LiveUnit>();
  const seqs = new Map<string, number>();
  let lease = { holder: "", term: 0, untilMs: 0 };
  const sent: Sent[] = [];
  const errors: unknown[] = [];
  const processes: PositionPublisher[] = [];
  const faults = { publish: false, advance: false, read: false };
  const size = { units };

  const process = (holder: string) => {
    const ports: PositionPorts = {
      readLive: async (_, ids) => {
        if (faults.read) throw new Error("no database");
        return ids === "all" ? [...rows.values()] : ids.flatMap((id) => rows.get(id) ?? []);
      },
      vehicleNumbers: async () =>
        new Map(
          [...rows.keys(), ...Array.from({ length: size.units - rows.size }, (_, i) => `idle-${i}`)].map((id) => [
            id,
            id,
          ]),
        ),
      acquire: async () => {
        if (lease.holder !== holder && lease.untilMs > nowMs) return { isHeld: false, forMs: lease.untilMs - nowMs };
        lease = { holder, term: lease.term + (lease.holder === holder ? 0 : 1), untilMs: nowMs + LEASE_MS };
        return { isHeld: true, term: lease.term };
      },
      advance: async (_, term, counts) => {
        if (faults.advance || lease.holder !== holder || lease.term !== term || lease.untilMs <= nowMs) return null;
        lease.untilMs = nowMs + LEASE_MS;
        for (const [cell, count] of counts) seqs.set(cell, (seqs.get(cell) ?? 0) + count);
        return new Map([...counts.keys()].map((cell) => [cell, seqs.get(cell) ?? 0]));
      },
      knownCells: async () => [...seqs.keys()],
      forward: async (agencyId, ids) => {
        for (const each of processes) each.notifyForwarded(agencyId, ids);
      },
      publish: async (events) => {
        if (faults.publish) throw new Error("no realtime server");
        sent.push(...(events as Sent[]));
      },
      nowMs: () => nowMs,
      after: (delayMs, run) => {
        const timer = { atMs: nowMs + delayMs, run };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
      onError: (error) => errors.push(error),
    };
    const publisher = new PositionPublisher(ports);
    processes.push(publisher);
    return publisher;
  };

  const settle = async () => {
    for (let i = 0; i < 50; i++) await Promise.resolve();
  };
  /** Lets the clock run, timer by timer. */
  const advance = async (ms: number) => {
    const endMs = nowMs + ms;
    for (;;) {
      await settle();
      const next = [...timers].sort((a, b) => a.atMs - b.atMs).find(({ atMs }) => atMs <= endMs);
      if (!next) break;
      timers.delete(next);
      nowMs = Math.max(nowMs, next.atMs);
      next.run();
    }
    nowMs = endMs;
    await settle();
  };
  const move = (id: string, to: { lat: number; lon: number }) =>
    rows.set(id, { vehicleNo: id, headingDeg: null, speedMps: null, takenAtMs: nowMs, ...to });
  const frames = () => sent.map(({ channel, data }) => ({ cell: channel.split(".").at(-1), ...data }));
  return { process, advance, move, sent, frames, errors, faults, size };
}

test("the first fix goes at once, the following ones once a second with numbers in a row", async () => {
  const world = aWorld();
  const one = world.process("p1");
  for (let i = 0; i < 29; i++) {
    world.move("101", { ...home, lat: home.lat + i / 1000 });
    one.notify(AGENCY, ["101"]);
    await world.advance(100);
  }
  expect(world.frames().map(({ seq, t }) => [seq, t - T])).toEqual([
    [1, 0],
    [2, 1000],
    [3, 2000],
  ]);
  expect(world.sent[0]).toMatchObject({ channel: `private-pos.${AGENCY}.6.all`, name: "positions" });
  expect(world.frames()[1]?.v).toEqual([["101", -7_661_000, 3_929_900, -1, -1, 0]]);
  await world.advance(5000);
  expect(world.frames().map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test("fixes that are handed over need no reading, but for those of a vehicle that nobody knows yet", async () => {
  const world = aWorld();
  const one = world.process("p1");
  world.move("101", home);
  one.notify(AGENCY, ["101"]);
  await world.advance(1000);
  const at = (lat: number, ms: number) => ({ ...home, lat, headingDeg: 90, speedMps: 3, takenAt: new Date(T + ms) });
  world.faults.read = true;
  one.notifyMoved(AGENCY, [{ vehicleId: "101", ...at(39.3, 900) }]);
  one.notifyMoved(AGENCY, [{ vehicleId: "101", ...at(39.2, 800) }]);
  await world.advance(1000);
  expect(world.frames().at(-1)?.v).toEqual([["101", -7_661_000, 3_930_000, 90, 30, 0]]);
  world.faults.read = false;
  world.move("102", far);
  one.notifyMoved(AGENCY, [{ vehicleId: "102", ...at(1, 2000) }]);
  await world.advance(1000);
  expect(world.frames().at(-1)?.v).toMatchObject([["102", -7_690_000, 3_960_000, -1, -1, 0]]);
});

test("a metro's cells have numbers of their own, and a unit that crosses is gone from the first", async () => {
  const world = aWorld({ units: 500 });
  const one = world.process("p1");
  world.move("101", home);
  world.move("102", far);
  one.notify(AGENCY, ["101", "102"]);
  await world.advance(1000);
  world.move("101", far);
  one.notify(AGENCY, ["101"]);
  await world.advance(1000);
  const [a, b, c, d] = world.frames();
  expect([a?.seq, b?.seq]).toEqual([1, 1]);
  expect([c, d].find((frame) => frame?.cell === a?.cell)).toMatchObject({ seq: 2, v: [], gone: ["101"] });
  expect([c, d].find((frame) => frame?.cell === b?.cell)).toMatchObject({
    seq: 2,
    v: [["101", -7_690_000, 3_960_000, -1, -1, 0]],
    gone: [],
  });
});

test("of two processes one publishes, whichever is told", async () => {
  const world = aWorld();
  const [one, two] = [world.process("p1"), world.process("p2")];
  world.move("101", home);
  one.notify(AGENCY, ["101"]);
  await world.advance(500);
  world.move("102", home);
  two.notify(AGENCY, ["102"]);
  await world.advance(2000);
  expect(world.frames().map(({ seq, v }) => [seq, v[0]?.[0]])).toEqual([
    [1, "101"],
    [2, "102"],
  ]);
});

test("when the publisher dies another one takes over, and a gap in each cell makes listeners refetch", async () => {
  const world = aWorld();
  const [one, two] = [world.process("p1"), world.process("p2")];
  world.move("101", home);
  one.notify(AGENCY, ["101"]);
  await world.advance(500);
  one.stop();
  world.move("101", far);
  two.notify(AGENCY, ["101"]);
  await world.advance(LEASE_MS + 1000);
  world.move("101", home);
  two.notify(AGENCY, ["101"]);
  await world.advance(1000);
  expect(world.frames().map(({ seq, v }) => [seq, v.length])).toEqual([
    [1, 1],
    [3, 0],
    [4, 1],
  ]);
});

test("a frame that could not be sent leaves a gap, and the units are told again", async () => {
  const world = aWorld();
  const one = world.process("p1");
  world.faults.publish = true;
  world.move("101", home);
  one.notify(AGENCY, ["101"]);
  await world.advance(500);
  expect(world.errors).toHaveLength(1);
  world.faults.publish = false;
  await world.advance(2000);
  expect(world.frames().map(({ seq, v }) => [seq, v.map(([no]) => no)])).toEqual([
    [3, []],
    [4, ["101"]],
  ]);
});

test("a database that is away is asked again after a while, and nothing is forgotten", async () => {
  const world = aWorld();
  const one = world.process("p1");
  world.faults.read = true;
  world.move("101", home);
  one.notify(AGENCY, ["101"]);
  await world.advance(3500);
  expect(world.errors.length).toBeLessThanOrEqual(4);
  world.faults.read = false;
  await world.advance(2000);
  expect(world.frames()).toMatchObject([{ seq: 1, v: [["101", -7_661_000, 3_929_000, -1, -1, 4]] }]);
});

test("an agency that outgrows its one cell moves to H3 cells, and listeners of the one cell refetch", async () => {
  const world = aWorld({ units: 499 });
  const one = world.process("p1");
  world.move("101", home);
  one.notify(AGENCY, ["101"]);
  await world.advance(1000);
  world.size.units = 500;
  for (let i = 0; i < 15; i++) {
    world.move("101", home);
    one.notify(AGENCY, ["101"]);
    await world.advance(1000);
  }
  const frames = world.frames();
  const last = frames.findLast(({ cell }) => cell === "all");
  expect(last).toMatchObject({ v: [], gone: [] });
  expect(
    frames
      .filter(({ cell }) => cell === "all")
      .map(({ seq }) => seq)
      .slice(-2),
  ).toEqual([(last?.seq ?? 0) - 2, last?.seq]);
  expect(frames.at(-1)?.cell).toMatch(/^86/);
});
