import type { IngestInput, ParsedRequest, RawFix } from "./fix";
import {
  fieldsOf,
  isObject,
  readAccuracy,
  readAltitude,
  readCoordinate,
  readHeading,
  readLevel,
  readSpeed,
} from "./read-number";
import { readTime } from "./read-time";

const CHARGING = new Map<unknown, boolean>([
  ["charging", true],
  ["full", true],
  ["unplugged", false],
]);

/** Overland: `{ locations: [GeoJSON], current? }`; a feature with an `action` or without a point reports no fix. Speed in m/s, battery 0 to 1. */
export function parseOverland({ json, receivedAt }: IngestInput): ParsedRequest {
  const { locations = [], current } = fieldsOf(json);
  const isEnvelope = isObject(json) && ("locations" in fieldsOf(json) || isObject(current));
  if (!isEnvelope || !Array.isArray(locations)) return { unreadable: "The body must be { locations: [...] }." };
  const features = [...(locations as unknown[]), ...(current === undefined || current === null ? [] : [current])];
  return {
    fixes: features
      .map(fieldsOf)
      .filter(isFix)
      .map((feature) => readFix(feature, receivedAt)),
  };
}

function isFix(feature: Record<string, unknown>): boolean {
  const { action } = fieldsOf(feature.properties);
  return fieldsOf(feature.geometry).type === "Point" && (action === undefined || action === null || action === "");
}

function readFix(feature: Record<string, unknown>, receivedAt: Date): RawFix {
  const { coordinates } = fieldsOf(feature.geometry);
  const [lon, lat] = Array.isArray(coordinates) ? (coordinates as unknown[]) : [];
  const properties = fieldsOf(feature.properties);
  return {
    lat: readCoordinate(lat),
    lon: readCoordinate(lon),
    takenAt: readTime(properties.timestamp, receivedAt),
    accuracyM: readAccuracy(properties.horizontal_accuracy),
    speedMps: readSpeed(properties.speed),
    headingDeg: readHeading(properties.course),
    altitudeM: readAltitude(properties.altitude),
    batteryPct: readLevel(properties.battery_level),
    charging: CHARGING.get(properties.battery_state) ?? null,
  };
}
