import { latLngToCell } from "h3-js";
import { expect, test, vi } from "vitest";
import type { PositionRow } from "@/server/realtime/channel-events";
import { cellsInView } from "./cells-in-view";
import { LivePositions, type Snapshot } from "./live-positions";

const T = 1_760_000_000_000;
const row = (vehicleNo: string, lat = 40, ageS = 0): PositionRow => [
  vehicleNo,
  -8_900_000,
  Math.round(lat * 1e5),
  90,
  100,
  ageS,
];

/** Cells whose channel and snapshot the test plays. */
function aFeed(snapshots: Snapshot["cells"] = {}) {
  const channels = new Map<string, { frame: (data: unknown) => void; resync: () => void }>();
  const loads: string[][] = [];
  const pending: (() => void)[] = [];
  const faults = { snapshot: false };
  const positions = new LivePositions({
    subscribe: (cell, frame, resync) => {
      channels.set(cell, { frame, resync });
      return () => void channels.delete(cell);
    },
    loadSnapshot: async (cells) => {
      loads.push(cells);
      if (faults.snapshot) throw new Error("away");
      await new Promise<void>((resolve) => pending.push(resolve));
      return { t: T, cells: Object.fromEntries(cells.map((cell) => [cell, snapshots[cell] ?? { seq: 0, v: [] }])) };
    },
    retryMs: 5,
  });
  const answer = async () => {
    await vi.waitFor(() => expect(pending.length).toBeGreaterThan(0), { interval: 1 });
    pending.shift()?.();
    await vi.waitFor(() => expect(pending.length).toBe(0), { interval: 1 });
    await new Promise((resolve) => setImmediate(resolve));
  };
  const send = (cell: string, seq: number, v: PositionRow[], gone: string[] = []) =>
    channels.get(cell)?.frame({ seq, t: T, v, gone });
  const at = (vehicleNo: string) => positions.units.get(vehicleNo)?.lat;
  return { positions, channels, loads, answer, send, at, snapshots, faults };
}

test("cells subscribed in one moment are loaded together, and units are in degrees and m/s", async () => {
  const feed = aFeed({ a: { seq: 4, v: [row("101")] }, b: { seq: 1, v: [row("102", 41, 30)] } });
  feed.positions.follow(["a", "b"]);
  for (const { resync } of feed.channels.values()) resync();
  await feed.answer();
  expect(feed.loads).toEqual([["a", "b"]]);
  expect(feed.positions.units.get("102")).toEqual({
    vehicleNo: "102",
    lon: -89,
    lat: 41,
    headingDeg: 90,
    speedMps: 10,
    takenAtMs: T - 30_000,
    cell: "b",
  });
  expect(feed.positions.isComplete()).toBe(true);
});

test("frames that come before the snapshot wait for it; those it holds already are dropped", async () => {
  const feed = aFeed({ a: { seq: 5, v: [row("101", 42)] } });
  feed.positions.follow(["a"]);
  feed.channels.get("a")?.resync();
  feed.send("a", 5, [row("101", 42)]);
  await vi.waitFor(() => expect(feed.loads).toHaveLength(1));
  feed.send("a", 6, [row("101", 43)]);
  expect(feed.at("101")).toBe(undefined);
  await feed.answer();
  expect(feed.at("101")).toBe(43);
  feed.send("a", 6, [row("101", 40)]);
  feed.send("a", 2, [row("101", 40)]);
  expect(feed.at("101")).toBe(43);
});

test("a missing frame loads the cell again, and ghosts are gone with it", async () => {
  const feed = aFeed({ a: { seq: 1, v: [row("101"), row("ghost")] } });
  feed.positions.follow(["a"]);
  feed.channels.get("a")?.resync();
  await feed.answer();
  feed.snapshots.a = { seq: 3, v: [row("101", 44)] };
  feed.send("a", 3, [row("101", 44)]);
  expect(feed.positions.isComplete()).toBe(false);
  await feed.answer();
  expect([...feed.positions.units.keys()]).toEqual(["101"]);
  expect(feed.loads).toHaveLength(2);
  feed.send("a", 4, [row("101", 45)]);
  expect(feed.at("101")).toBe(45);
});

test("a frame that can't be read counts as missing", async () => {
  const feed = aFeed();
  feed.positions.follow(["a"]);
  feed.channels.get("a")?.resync();
  await feed.answer();
  feed.channels.get("a")?.frame({ seq: "x" });
  await feed.answer();
  expect(feed.loads).toHaveLength(2);
});

test("a unit that crosses is kept, whichever cell tells it first", async () => {
  const feed = aFeed({ a: { seq: 1, v: [row("101")] }, b: { seq: 1, v: [] } });
  feed.positions.follow(["a", "b"]);
  for (const { resync } of feed.channels.values()) resync();
  await feed.answer();
  feed.send("b", 2, [row("101", 45)]);
  feed.send("a", 2, [], ["101"]);
  expect(feed.positions.units.get("101")).toMatchObject({ lat: 45, cell: "b" });
  feed.send("a", 3, [row("101", 46)]);
  feed.send("b", 3, [], ["101"]);
  expect(feed.at("101")).toBe(46);
});

test("an older fix does not move a unit back", async () => {
  const feed = aFeed({ a: { seq: 1, v: [row("101", 44, 0)] } });
  feed.positions.follow(["a"]);
  feed.channels.get("a")?.resync();
  await feed.answer();
  feed.send("a", 2, [row("101", 40, 20)]);
  expect(feed.at("101")).toBe(44);
});

test("a snapshot that fails is asked for again", async () => {
  const feed = aFeed({ a: { seq: 1, v: [row("101")] } });
  feed.faults.snapshot = true;
  feed.positions.follow(["a"]);
  feed.channels.get("a")?.resync();
  await vi.waitFor(() => expect(feed.loads.length).toBeGreaterThan(1));
  feed.faults.snapshot = false;
  await feed.answer();
  expect(feed.at("101")).toBe(40);
});

test("leaving a cell forgets its units and listeners hear it", async () => {
  const feed = aFeed({ a: { seq: 1, v: [row("101")] } });
  const heard: string[][] = [];
  feed.positions.subscribe((changed) => heard.push([...changed]));
  feed.positions.follow(["a"]);
  feed.channels.get("a")?.resync();
  await feed.answer();
  feed.positions.follow([]);
  expect(heard).toEqual([["101"], ["101"]]);
  expect(feed.channels.size).toBe(0);
  expect(feed.positions.units.size).toBe(0);
});

test("a view is covered by its cells, a wide one by those with units, a small agency by its one cell", () => {
  const view = { west: -89.6, south: 40.5, east: -89.2, north: 40.8 };
  const wide = { west: -120, south: 30, east: -70, north: 48 };
  const h3 = { cells: "h3", res: 6 } as const;
  const peoria = latLngToCell(40.69, -89.59, 6);
  expect(cellsInView(h3, view, [])).toContain(latLngToCell(40.6, -89.4, 6));
  expect(cellsInView(h3, view, []).length).toBeGreaterThan(20);
  expect(cellsInView(h3, wide, [peoria, latLngToCell(51.5, 0, 6)])).toEqual([peoria]);
  expect(cellsInView(h3, undefined, [peoria])).toEqual([]);
  expect(cellsInView({ cells: "all", res: 6 }, undefined, [])).toEqual(["all"]);
});
