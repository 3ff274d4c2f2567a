import type { IngestInput, ParsedRequest } from "./fix";
import { lastOf } from "./params";
import {
  readAccuracy,
  readAltitude,
  readBoolean,
  readCoordinate,
  readHeading,
  readPercent,
  readSpeed,
} from "./read-number";
import { readTime } from "./read-time";

/** GPSLogger's custom URL: one fix in the query (or form), speed in m/s under `s` or `spd`, empty values being unknown. */
export function parseGpslogger({ params, receivedAt }: IngestInput): ParsedRequest {
  return {
    fixes: [
      {
        lat: readCoordinate(lastOf(params, "lat", "latitude")),
        lon: readCoordinate(lastOf(params, "lon", "longitude", "lng")),
        takenAt: readTime(lastOf(params, "time") || lastOf(params, "timestamp"), receivedAt),
        accuracyM: readAccuracy(lastOf(params, "acc", "accuracy")),
        speedMps: readSpeed(lastOf(params, "s") || lastOf(params, "spd", "speed")),
        headingDeg: readHeading(lastOf(params, "dir", "bearing")),
        altitudeM: readAltitude(lastOf(params, "alt", "altitude")),
        batteryPct: readPercent(lastOf(params, "batt")),
        charging: readBoolean(lastOf(params, "ischarging")),
      },
    ],
  };
}
