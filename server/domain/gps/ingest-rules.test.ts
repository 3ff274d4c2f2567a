import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectJump, noSightings } from "./detect-jumps";
import { findTokens, type TokenSources } from "./find-tokens";
import type { RawFix } from "./fix";
import { FORMATS, type IngestFormat } from "./formats";
import { judgeFix } from "./judge-fix";

const receivedAt = new Date("2026-03-03T14:05:31.000Z");
const raw = (over: Partial<RawFix>): RawFix => ({
  lat: 39.3,
  lon: -76.6,
  takenAt: receivedAt,
  accuracyM: null,
  speedMps: null,
  headingDeg: null,
  altitudeM: null,
  batteryPct: null,
  charging: null,
  ...over,
});
const after = (ms: number) => new Date(receivedAt.getTime() + ms);
const codeOf = (over: Partial<RawFix>) => {
  const judged = judgeFix(raw(over), receivedAt);
  return "code" in judged ? judged.code : "believed";
};

describe("a fix on its own merits", () => {
  test.each<[Partial<RawFix>, string]>([
    [{}, "believed"],
    [{ lat: 90, lon: 180 }, "believed"],
    [{ lat: 90.0001 }, "out_of_range"],
    [{ lon: -180.0001 }, "out_of_range"],
    [{ lat: 0, lon: 0 }, "null_island"],
    [{ lat: 0, lon: 6.6 }, "believed"],
    [{ lat: "missing" }, "missing_position"],
    [{ lat: "not_a_number", lon: "missing" }, "missing_position"],
    [{ lon: "not_a_number" }, "not_a_number"],
    [{ takenAt: "bad_time" }, "bad_time"],
    [{ takenAt: after(600_000) }, "believed"],
    [{ takenAt: after(600_001) }, "future"],
    [{ takenAt: after(-7 * 86_400_000) }, "believed"],
    [{ takenAt: after(-7 * 86_400_000 - 1) }, "too_old"],
  ])("%j is %s", (over, code) => expect(codeOf(over)).toBe(code));
});

describe("tokens", () => {
  const sources = (over: Partial<TokenSources>): TokenSources => ({
    authorization: undefined,
    query: new URLSearchParams(),
    form: new URLSearchParams(),
    json: undefined,
    pathTail: "",
    ...over,
  });

  test.each<[string, Partial<TokenSources>, string[]]>([
    ["bearer", { authorization: "bearer  rbd_1" }, ["rbd_1"]],
    ["the password of basic", { authorization: `Basic ${btoa("van-12:rbd_1")}` }, ["rbd_1"]],
    ["a password with a colon", { authorization: `Basic ${btoa("a:b:c")}` }, ["b:c"]],
    ["?token=", { query: new URLSearchParams("token=rbd_1") }, ["rbd_1"]],
    ["?id= and deviceid=", { query: new URLSearchParams("id=a&deviceid=b") }, ["a", "b"]],
    ["an app's own id behind ours", { query: new URLSearchParams("id=rbd_1&id=48241179") }, ["rbd_1", "48241179"]],
    ["a form", { form: new URLSearchParams("id=a") }, ["a"]],
    ["device_id in a body", { json: { device_id: "rbd_1", _: "&id=9&" } }, ["rbd_1"]],
    ["the path", { pathTail: "rbd_1" }, ["rbd_1"]],
    ["nothing", {}, []],
    ["an empty one", { json: { device_id: "" }, query: new URLSearchParams("id=") }, []],
    [
      "a user name, tid or aid",
      { authorization: `Basic ${btoa("rbd_1:")}`, json: { tid: "JJ" }, query: new URLSearchParams("aid=1") },
      [],
    ],
    ["broken base64", { authorization: "Basic %%%" }, []],
  ])("%s", (_name, over, expected) => expect([...findTokens(sources(over))]).toEqual(expected));
});

describe("whatever is sent", () => {
  const formats = fc.constantFrom(...(Object.keys(FORMATS) as IngestFormat[]));
  const bits = fc.constantFrom(
    "lat",
    "lon",
    "location",
    "locations",
    "fixes",
    "coords",
    "_type",
    "geometry",
    "properties",
    "takenAt",
    "timestamp",
    "position",
    "coordinates",
    "current",
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<unknown>("location", "Point", "1772546730", "NaN", -1, 0, null, true),
      fc.double(),
      fc.string(),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(bits, tie("tree"), { maxKeys: 6 }),
    ),
  }));

  test("no parser throws, and every fix is either believed or has one code", () => {
    fc.assert(
      fc.property(formats, tree, fc.webQueryParameters(), (format, json, query) => {
        const params = new URLSearchParams(query);
        const parsed = FORMATS[format].parse({ params, json, receivedAt, speedUnit: null });
        void [...findTokens({ authorization: query, query: params, form: params, json, pathTail: query })];
        if ("unreadable" in parsed) return;
        let state = noSightings;
        let [accepted, quarantined] = [0, 0];
        for (const fix of parsed.fixes) {
          const judged = judgeFix(fix, receivedAt);
          if ("code" in judged) {
            quarantined += 1;
            continue;
          }
          const jump = detectJump(state, judged.fix);
          state = jump.state;
          if (jump.jump) quarantined += 1;
          else accepted += 1;
          expect(Math.abs(judged.fix.lat)).toBeLessThanOrEqual(90);
          expect(judged.fix.takenAt.getTime()).not.toBeNaN();
        }
        expect(accepted + quarantined).toBe(parsed.fixes.length);
      }),
      { numRuns: 500 },
    );
  });
});
