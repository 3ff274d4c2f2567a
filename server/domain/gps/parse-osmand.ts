import { type IngestInput, type ParsedRequest, SPEED_UNITS, type SpeedUnit, toMps } from "./fix";
import { lastOf } from "./params";
import { isTraccarClient, parseTraccarClient } from "./parse-traccar-client";
import {
  readAccuracyZeroUnknown,
  readAltitude,
  readBoolean,
  readCoordinate,
  readHeading,
  readPercent,
  readSpeed,
} from "./read-number";
import { readTime } from "./read-time";

/** The OsmAnd path: JSON of the newer Traccar Client, else a query or form with one fix (speed in knots unless the device says otherwise). */
export function parseOsmand(input: IngestInput): ParsedRequest {
  if (isTraccarClient(input.json)) return parseTraccarClient(input);
  const { params, receivedAt, speedUnit } = input;
  const [pairLat, pairLon] = (lastOf(params, "location") ?? "").split(",");
  return {
    fixes: [
      {
        lat: readCoordinate(lastOf(params, "lat", "latitude") ?? pairLat),
        lon: readCoordinate(lastOf(params, "lon", "lng", "longitude") ?? pairLon),
        takenAt: readTime(lastOf(params, "timestamp", "time"), receivedAt),
        accuracyM: readAccuracyZeroUnknown(lastOf(params, "accuracy", "hacc")),
        speedMps: toMps(readSpeed(lastOf(params, "speed")), unitOf(params) ?? speedUnit ?? "knots"),
        headingDeg: readHeading(lastOf(params, "bearing", "heading")),
        altitudeM: readAltitude(lastOf(params, "altitude")),
        batteryPct: readPercent(lastOf(params, "batt")),
        charging: readBoolean(lastOf(params, "charge")),
      },
    ],
  };
}

/** An address that we gave out may name the unit, since apps differ and their format does not say. */
const unitOf = (params: URLSearchParams): SpeedUnit | undefined =>
  SPEED_UNITS.find((unit) => unit === lastOf(params, "speedUnit"));
