import type { IngestInput, ParsedRequest, RawFix } from "./fix";
import {
  fieldsOf,
  isObject,
  readAccuracy,
  readAltitude,
  readBoolean,
  readCoordinate,
  readHeading,
  readPercent,
  readSpeed,
} from "./read-number";
import { readTime } from "./read-time";

/** Our own format: one fix, or `{ fixes: [...] }`. */
export function parseNative({ json, receivedAt }: IngestInput): ParsedRequest {
  if (!isObject(json)) return { unreadable: "The body must be a fix or { fixes: [...] }." };
  const { fixes } = fieldsOf(json);
  if (fixes === undefined) return { fixes: [readFix(json, receivedAt)] };
  if (!Array.isArray(fixes)) return { unreadable: "fixes must be an array." };
  return { fixes: fixes.map((fix: unknown) => readFix(fix, receivedAt)) };
}

function readFix(value: unknown, receivedAt: Date): RawFix {
  const fix = fieldsOf(value);
  return {
    lat: readCoordinate(fix.lat),
    lon: readCoordinate(fix.lon),
    takenAt: readTime(fix.takenAt, receivedAt),
    accuracyM: readAccuracy(fix.accuracyM),
    speedMps: readSpeed(fix.speedMps),
    headingDeg: readHeading(fix.headingDeg),
    altitudeM: readAltitude(fix.altitudeM),
    batteryPct: readPercent(fix.batteryPct),
    charging: readBoolean(fix.charging),
  };
}
