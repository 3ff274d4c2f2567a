import { expect, test } from "vitest";
import { FleetPositions } from "./fleet-positions";

const at = (lng: number, takenAtMs: number) => ({ lng, lat: 40, headingDeg: null, speedMps: null, takenAtMs });

function aFeed() {
  const units = new Map([
    ["1", { vehicleNo: "1", lon: -80, lat: 40, headingDeg: null, speedMps: null, takenAtMs: 2000, cell: "all" }],
  ]);
  const listeners = new Set<(changed: ReadonlySet<string>) => void>();
  let version = 1;
  return {
    feed: {
      units,
      version: () => version,
      subscribe: (listener: (changed: ReadonlySet<string>) => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    move: (lon: number, takenAtMs: number) => {
      units.set("1", { ...units.get("1")!, lon, takenAtMs });
      version += 1;
      for (const listener of listeners) listener(new Set(["1"]));
    },
  };
}

test("the live feed overtakes what the board was read with, and an older fix never moves a unit back", () => {
  const { feed, move } = aFeed();
  const positions = new FleetPositions(feed);
  positions.setBase(
    new Map([
      ["1", at(-81, 1000)],
      ["2", at(-82, 1000)],
    ]),
  );
  expect(positions.get().get("1")?.lng).toBe(-80);
  expect(positions.get().get("2")?.lng).toBe(-82);
  positions.setBase(new Map([["1", at(-79, 9000)]]));
  move(-80.1, 3000);
  expect(positions.get().get("1")?.lng).toBe(-79);
});

test("the answer keeps its identity until something changed, and listeners hear of both sources", () => {
  const { feed, move } = aFeed();
  const positions = new FleetPositions(feed);
  let heard = 0;
  const leave = positions.subscribe(() => {
    heard += 1;
  });
  const before = positions.get();
  expect(positions.get()).toBe(before);
  move(-80.2, 4000);
  expect(positions.get()).not.toBe(before);
  positions.setBase(new Map());
  leave();
  move(-80.3, 5000);
  expect(heard).toBe(2);
});
