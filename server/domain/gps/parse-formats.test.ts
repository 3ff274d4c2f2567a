import { describe, expect, test } from "vitest";
import type { IngestInput, RawFix } from "./fix";
import { appOf, FORMATS, type IngestFormat } from "./formats";
import { mergeParams } from "./params";
import { forwardedDeviceLabel } from "./parse-traccar-forward";

const receivedAt = new Date("2026-03-03T14:05:31.000Z");
const read = (format: IngestFormat, over: Partial<IngestInput> & { query?: string }): RawFix[] => {
  const parsed = FORMATS[format].parse({
    params: new URLSearchParams(over.query ?? ""),
    json: undefined,
    receivedAt,
    speedUnit: null,
    ...over,
  });
  if ("unreadable" in parsed) throw new Error(parsed.unreadable);
  return parsed.fixes;
};
const unreadable = (format: IngestFormat, json: unknown) =>
  "unreadable" in FORMATS[format].parse({ params: new URLSearchParams(), json, receivedAt, speedUnit: null });

describe("native", () => {
  test("one fix or a list; numeric strings are numbers; -1 is unknown; no time is now", () => {
    const fix = {
      lat: "39.3",
      lon: -76.6,
      speedMps: -1,
      headingDeg: 360,
      batteryPct: "81",
      charging: true,
      accuracyM: 0,
    };
    expect(read("native", { json: fix })).toEqual([
      {
        lat: 39.3,
        lon: -76.6,
        takenAt: receivedAt,
        accuracyM: 0,
        speedMps: null,
        headingDeg: 0,
        altitudeM: null,
        batteryPct: 81,
        charging: true,
      },
    ]);
    expect(read("native", { json: { fixes: [fix, fix] } })).toHaveLength(2);
  });

  test("a member that is no fix is one without a position; words are no numbers", () => {
    expect(
      read("native", { json: { fixes: [null, 5, { lat: "north", lon: {} }] } }).map((f) => [f.lat, f.lon]),
    ).toEqual([
      ["missing", "missing"],
      ["missing", "missing"],
      ["not_a_number", "not_a_number"],
    ]);
  });

  test.each([[null], [5], ["x"], [[]], [undefined], [{ fixes: "x" }], [{ fixes: {} }]])("%j is unreadable", (json) =>
    expect(unreadable("native", json)).toBe(true),
  );
});

describe("osmand", () => {
  test("knots unless the device says otherwise, accuracy 0 unknown, heading= is bearing=", () => {
    const query =
      "lat=39.2966&lon=-76.592&timestamp=1772546730&speed=17.82505&heading=274.5&accuracy=0.0&batt=81.0&charge=true";
    const [fix] = read("osmand", { query });
    expect(fix).toMatchObject({ accuracyM: null, headingDeg: 274.5, batteryPct: 81, charging: true });
    expect(fix?.speedMps).toBeCloseTo(9.17, 2);
    expect(read("osmand", { query, speedUnit: "mps" })[0]?.speedMps).toBe(17.82505);
    expect(read("osmand", { query: `${query}&speedUnit=mps` })[0]?.speedMps).toBe(17.82505);
    expect(read("osmand", { query, speedUnit: "kmh" })[0]?.speedMps).toBeCloseTo(4.951, 3);
  });

  test("location=lat,lon; half of it is a missing position; hdop is no accuracy in metres", () => {
    expect(read("osmand", { query: "location=60.0,30.0&hdop=6.0" })[0]).toMatchObject({
      lat: 60,
      lon: 30,
      accuracyM: null,
    });
    expect(read("osmand", { query: "location=60.0" })[0]).toMatchObject({ lat: 60, lon: "missing" });
    expect(read("osmand", { query: "cell=257,02,16,2224" })[0]).toMatchObject({ lat: "missing", lon: "missing" });
  });

  test("what the URL says wins, the form fills in", () => {
    const merged = mergeParams(new URLSearchParams("id=t&lat=1"), new URLSearchParams("lat=2&lon=3"));
    expect(merged.toString()).toBe("id=t&lat=1&lon=3");
  });

  test("Traccar Client: one location, a list of them, a list of envelopes", () => {
    const location = {
      timestamp: "2021-07-21T08:06:34.444Z",
      coords: { latitude: -6.1148096, longitude: 106.6837015, accuracy: 0, speed: 18.67, heading: -1, altitude: 35.7 },
      battery: { level: 0.79, is_charging: false },
    };
    const [fix] = read("osmand", { json: { location, device_id: "t" } });
    expect(fix).toMatchObject({ lat: -6.1148096, speedMps: 18.67, accuracyM: null, headingDeg: null, batteryPct: 79 });
    expect(read("osmand", { json: { location: [location, location], device_id: "t" } })).toHaveLength(2);
    expect(read("osmand", { json: [{ location }, { location }] })).toHaveLength(2);
  });

  test("an unknown battery level is -1", () => {
    const location = { coords: { latitude: 1, longitude: 2 }, battery: { level: -1 } };
    expect(read("osmand", { json: { location } })[0]).toMatchObject({ batteryPct: null, takenAt: receivedAt });
  });
});

describe("owntracks", () => {
  test("km/h, bs is the battery's state", () => {
    const json = {
      _type: "location",
      lat: 48.85833,
      lon: 2.29513,
      tst: 1497349316,
      vel: 61,
      cog: 271,
      batt: 67,
      bs: 2,
      tid: "JJ",
    };
    const [fix] = read("owntracks", { json });
    expect(fix).toMatchObject({ headingDeg: 271, batteryPct: 67, charging: true, takenAt: new Date(1497349316000) });
    expect(fix?.speedMps).toBeCloseTo(16.944, 3);
    expect(read("owntracks", { json: { ...json, bs: 1 } })[0]?.charging).toBe(false);
    expect(read("owntracks", { json: { ...json, bs: 0 } })[0]?.charging).toBe(null);
  });

  test.each([["transition"], ["waypoint"], ["waypoints"], ["lwt"], ["status"], ["cmd"], ["encrypted"], ["card"]])(
    "_type %s holds no fix",
    (_type) => expect(read("owntracks", { json: { _type, lat: 1, lon: 2, tst: 1 } })).toEqual([]),
  );

  test("a list is read message by message, without a _type nothing is", () => {
    expect(read("owntracks", { json: [{ _type: "location", lat: 1, lon: 2 }, { _type: "lwt" }] })).toHaveLength(1);
    expect(unreadable("owntracks", { lat: 1, lon: 2 })).toBe(true);
    expect(unreadable("owntracks", null)).toBe(true);
    expect(read("owntracks", { json: undefined })).toEqual([]);
  });
});

describe("overland", () => {
  const feature = (coordinates: unknown, properties = {}) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates },
    properties: { timestamp: "2015-10-01T08:00:00-0700", speed: 4, battery_level: 0.89, ...properties },
  });

  test("current is a fix like the others; actions and features without a point are none", () => {
    const locations = [
      feature([-122.03, 37.33], { battery_state: "full" }),
      feature([-122.03, 37.33], { action: "visit" }),
      { type: "Feature", geometry: null, properties: {} },
      { type: "Feature", geometry: { type: "LineString", coordinates: [] }, properties: {} },
      null,
    ];
    const fixes = read("overland", {
      json: { locations, current: feature([-122.1, 37.4], { battery_state: "unplugged" }) },
    });
    expect(fixes.map((f) => [f.lat, f.lon, f.charging, f.batteryPct])).toEqual([
      [37.33, -122.03, true, 89],
      [37.4, -122.1, false, 89],
    ]);
  });

  test("a point with bad coordinates is a bad fix", () => {
    expect(read("overland", { json: { locations: [feature(["x", 1]), feature([])] } }).map((f) => f.lon)).toEqual([
      "not_a_number",
      "missing",
    ]);
  });

  test.each([[{}], [null], [{ locations: {} }], [[]], [{ locations: null }]])("%j is unreadable", (json) =>
    expect(unreadable("overland", json)).toBe(true),
  );

  test("nothing queued is fine", () => expect(read("overland", { json: { locations: [] } })).toEqual([]));
});

describe("gpslogger", () => {
  test("s or spd in m/s, empty values unknown, the app's default template spells longitude out", () => {
    const query =
      "lat=39.2966&longitude=-76.592&time=2026-03-03T14:05:30.000Z&s=9.17&desc=&act=&dir=&acc=4.5&batt=81.0&ischarging=false";
    expect(read("gpslogger", { query })).toEqual([
      {
        lat: 39.2966,
        lon: -76.592,
        takenAt: new Date("2026-03-03T14:05:30.000Z"),
        accuracyM: 4.5,
        speedMps: 9.17,
        headingDeg: null,
        altitudeM: null,
        batteryPct: 81,
        charging: false,
      },
    ]);
    expect(read("gpslogger", { query: "lat=1&lon=2&spd=3" })[0]).toMatchObject({ speedMps: 3, takenAt: receivedAt });
  });
});

describe("a Traccar server forwarding", () => {
  const json = {
    position: {
      fixTime: "2026-03-03T14:05:30.000+00:00",
      latitude: 39.3,
      longitude: -76.6,
      speed: 10,
      course: 90,
      accuracy: 0,
      attributes: { batteryLevel: 64, charge: false, battery: 3.9 },
    },
    device: { uniqueId: "van-12" },
  };

  test("knots, accuracy 0 unknown, battery in percent, whatever the device's speed unit", () => {
    const [fix] = read("traccar", { json, speedUnit: "mps" });
    expect(fix).toMatchObject({ accuracyM: null, batteryPct: 64, charging: false, headingDeg: 90 });
    expect(fix?.speedMps).toBeCloseTo(5.14444, 4);
    expect(forwardedDeviceLabel(json)).toBe("van-12");
    expect(forwardedDeviceLabel({ device: {} })).toBeNull();
  });

  test("without a position it is unreadable", () => {
    expect(unreadable("traccar", { event: {} })).toBe(true);
    expect(unreadable("traccar", { position: null })).toBe(true);
  });
});

test("each client hears what it needs to forget what it sent", () => {
  const counts = { accepted: 1, duplicates: 0, quarantined: [] };
  expect(FORMATS.native.answer(counts)).toEqual({ status: 202, body: counts });
  expect(FORMATS.owntracks.answer(counts)).toEqual({ status: 200, body: [] });
  expect(FORMATS.overland.answer(counts)).toEqual({ status: 200, body: { result: "ok" } });
  expect(FORMATS.osmand.answer(counts).status).toBe(200);
});

test("the app is told by format and user agent, without versions", () => {
  expect(appOf("osmand", "OsmAnd/4.7", undefined)).toBe("OsmAnd");
  expect(appOf("osmand", undefined, {})).toBe("Traccar Client");
  expect(appOf("native", "node", {})).toBe("Runboard");
});
