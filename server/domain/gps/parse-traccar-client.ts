import type { IngestInput, ParsedRequest, RawFix } from "./fix";
import {
  fieldsOf,
  isObject,
  readAccuracyZeroUnknown,
  readAltitude,
  readBoolean,
  readCoordinate,
  readHeading,
  readLevel,
  readSpeed,
} from "./read-number";
import { readTime } from "./read-time";

/** Whether a JSON body is one of Traccar Client 9 and later, or a list of such. */
export const isTraccarClient = (json: unknown): boolean =>
  Array.isArray(json) || isObject(fieldsOf(json).location) || Array.isArray(fieldsOf(json).location);

/** Traccar Client 9+: `{ location: {...} | [...], device_id }`, or a list of these. Speed in m/s, battery 0 to 1. */
export function parseTraccarClient({ json, receivedAt }: IngestInput): ParsedRequest {
  const envelopes: unknown[] = Array.isArray(json) ? json : [json];
  const locations = envelopes.flatMap((envelope) => {
    const { location } = fieldsOf(envelope);
    return Array.isArray(location) ? (location as unknown[]) : [location];
  });
  return { fixes: locations.map((location) => readFix(fieldsOf(location), receivedAt)) };
}

function readFix(location: Record<string, unknown>, receivedAt: Date): RawFix {
  const coords = fieldsOf(location.coords);
  const battery = fieldsOf(location.battery);
  return {
    lat: readCoordinate(coords.latitude),
    lon: readCoordinate(coords.longitude),
    takenAt: readTime(location.timestamp, receivedAt),
    accuracyM: readAccuracyZeroUnknown(coords.accuracy),
    speedMps: readSpeed(coords.speed),
    headingDeg: readHeading(coords.heading),
    altitudeM: readAltitude(coords.altitude),
    batteryPct: readLevel(battery.level),
    charging: readBoolean(battery.is_charging),
  };
}
