import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findTokens } from "./find-tokens";
import { FORMATS, type IngestFormat } from "./formats";

const folder = resolve(process.env.RUNBOARD_SHARED ?? "../shared", "gps");
const present = existsSync(resolve(folder, "cases.json"));
if (!present) process.stdout.write(`skipped: ${folder} is not here, so its raw GPS requests are not read\n`);

type Case = { file: string; expect: Record<string, unknown> };
const cases = present
  ? (JSON.parse(readFileSync(resolve(folder, "cases.json"), "utf8")) as { cases: Case[] }).cases
  : [];
const FORMAT_OF: [RegExp, IngestFormat][] = [
  [/owntracks/, "owntracks"],
  [/overland/, "overland"],
  [/gpslogger/, "gpslogger"],
  [/./, "osmand"],
];

function readRequest(file: string) {
  const [head = "", body = ""] = readFileSync(resolve(folder, file), "utf8").split("\r\n\r\n", 2);
  const [line = "", ...headers] = head.split("\r\n");
  const url = new URL(line.split(" ")[1] ?? "/", "http://gps.example.test");
  const authorization = headers.find((h) => h.toLowerCase().startsWith("authorization:"))?.slice(14);
  return {
    query: url.searchParams,
    authorization,
    json: body.startsWith("{") ? (JSON.parse(body) as unknown) : undefined,
  };
}

describe.skipIf(!present)("raw requests of real clients", () => {
  test.each(cases)("$file", ({ file, expect: wanted }) => {
    const { query, authorization, json } = readRequest(file);
    const format = FORMAT_OF.find(([pattern]) => pattern.test(file))?.[1] ?? "osmand";
    const parsed = FORMATS[format].parse({ params: query, json, receivedAt: new Date(), speedUnit: null });
    if ("unreadable" in parsed) throw new Error(parsed.unreadable);
    expect(parsed.fixes).toHaveLength(Number(wanted.accepted));
    const [fix] = parsed.fixes;
    expect(fix).toMatchObject({ lat: wanted.lat, lon: wanted.lon, takenAt: new Date(String(wanted.fixTime)) });
    const read = { ...fix, heading: fix?.headingDeg } as Record<string, unknown>;
    for (const name of ["heading", "accuracyM", "altitudeM", "batteryPct", "charging"]) {
      if (name in wanted) expect([name, read[name]]).toEqual([name, wanted[name]]);
    }
    if (typeof wanted.speedMps === "number") expect(fix?.speedMps).toBeCloseTo(wanted.speedMps, 2);
    if (wanted.speedMps === null) expect(fix?.speedMps).toBeNull();
    const tokens = [...findTokens({ authorization, query, form: new URLSearchParams(), json, pathTail: "" })];
    if (/^\d+$/.test(String(wanted.device))) expect(tokens).toContain(wanted.device);
    else expect(tokens).toHaveLength(1);
  });
});
