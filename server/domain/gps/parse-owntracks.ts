import { type IngestInput, type ParsedRequest, type RawFix, toMps } from "./fix";
import {
  fieldsOf,
  readAccuracy,
  readAltitude,
  readCoordinate,
  readHeading,
  readNumber,
  readPercent,
  readSpeed,
} from "./read-number";
import { readTime } from "./read-time";

/** OwnTracks' `bs`: 0 unknown, 1 unplugged, 2 charging, 3 full (and plugged in). */
const CHARGING = new Map([
  [1, false],
  [2, true],
  [3, true],
]);

/** OwnTracks over HTTP: a message, or a list of them; only `_type: location` holds a fix. Speed in km/h. */
export function parseOwntracks({ json, receivedAt }: IngestInput): ParsedRequest {
  // The app posts nothing at all when a friend is removed.
  if (json === undefined) return { fixes: [] };
  const messages: unknown[] = Array.isArray(json) ? json : [json];
  if (messages.some((message) => typeof fieldsOf(message)._type !== "string")) {
    return { unreadable: "The body must be an OwnTracks message with a _type." };
  }
  const locations = messages.map(fieldsOf).filter((message) => message._type === "location");
  return { fixes: locations.map((location) => readFix(location, receivedAt)) };
}

function readFix(location: Record<string, unknown>, receivedAt: Date): RawFix {
  return {
    lat: readCoordinate(location.lat),
    lon: readCoordinate(location.lon),
    takenAt: readTime(location.tst, receivedAt),
    accuracyM: readAccuracy(location.acc),
    speedMps: toMps(readSpeed(location.vel), "kmh"),
    headingDeg: readHeading(location.cog),
    altitudeM: readAltitude(location.alt),
    batteryPct: readPercent(location.batt),
    charging: CHARGING.get(readNumber(location.bs) ?? 0) ?? null,
  };
}
