import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepFeatures } from "./feature-keeper";
import type { GeoJSONSource, MapLibreMap } from "./maplibre";
import type { LivePosition, UnitOnMap } from "./unit-on-map";
import { UnitRenderer } from "./unit-renderer";

const unit = (vehicleNo: string): UnitOnMap => ({
  vehicleNo,
  vehicleId: vehicleNo,
  shiftId: null,
  label: vehicleNo,
  mark: "available",
  word: "Available",
  since: null,
  available: true,
  onTrip: false,
  emergency: false,
  lateMin: 0,
  lateIsEstimate: false,
  darkReason: null,
});
const at = (lng: number): LivePosition => ({ lng, lat: 40, headingDeg: null, speedMps: null, takenAtMs: 0 });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A renderer over a map that looks at the whole county and a source that notes what it is told. */
function aRenderer(isMoving: () => boolean = () => false) {
  const told: unknown[] = [];
  const note = (what: unknown) => {
    told.push(what);
    return Promise.resolve();
  };
  const map = {
    getZoom: () => 10,
    isMoving,
    getBounds: () => ({ contains: () => true }),
    getContainer: () => ({ dataset: {} }),
  } as unknown as MapLibreMap;
  const source = { setData: note, updateData: note } as unknown as GeoJSONSource;
  const renderer = new UnitRenderer(map, { marks: { show: () => undefined }, source }, () => 0, false);
  return { renderer, told };
}

test("a burst of new places is drawn once and what comes later once more, with the newest of them", async () => {
  const { renderer, told } = aRenderer();
  renderer.setUnits(["1", "2", "3"].map(unit), null);
  let places = new Map([["1", at(-80)]]);
  const source = { get: () => places, subscribe: () => () => undefined };
  for (let step = 0; step < 20; step++) {
    places = new Map([
      ["1", at(-80 - step / 1000)],
      ["2", at(-81)],
      ["3", at(-82)],
    ]);
    renderer.moved(source);
    await vi.advanceTimersByTimeAsync(4);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toHaveLength(2);
  expect(told.at(-1)).toMatchObject({ update: [{ id: "1", newGeometry: { coordinates: [-80.019, 40] } }] });
  renderer.destroy();
});

test("while the map is moved by hand nothing is drawn for a while, and then the newest places are", async () => {
  let isMoving = true;
  const { renderer, told } = aRenderer(() => isMoving);
  renderer.setUnits(["1"].map(unit), null);
  renderer.moved({ get: () => new Map([["1", at(-80)]]), subscribe: () => () => undefined });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toHaveLength(0);
  isMoving = false;
  await vi.advanceTimersByTimeAsync(100);
  expect(told).toHaveLength(1);
  isMoving = true;
  renderer.moved({ get: () => new Map([["1", at(-81)]]), subscribe: () => () => undefined });
  await vi.advanceTimersByTimeAsync(3000);
  expect(told).toHaveLength(2);
  renderer.destroy();
});

test("what is still is the same feature, and any change of it another", () => {
  const draw = keepFeatures();
  const [one, place, shown] = [unit("1"), at(-80), { mark: "available", greyed: false, ageText: null } as const];
  const first = draw(one, place, shown, false);
  expect(draw(one, place, { ...shown }, false)).toBe(first);
  expect(draw(one, at(-80.1), shown, false)).not.toBe(first);
  expect(draw(one, place, shown, true)).not.toBe(first);
  expect(draw(one, place, { ...shown, ageText: "3 min" }, true).properties.label).toBe("1 · 3 min");
});
