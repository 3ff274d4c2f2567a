import { type IngestInput, type ParsedRequest, toMps } from "./fix";
import {
  fieldsOf,
  isObject,
  readAccuracyZeroUnknown,
  readAltitude,
  readBoolean,
  readCoordinate,
  readHeading,
  readPercent,
  readSpeed,
} from "./read-number";
import { readTime } from "./read-time";

/** A Traccar server forwarding: `{ position: {...}, device: { uniqueId } }`. Speed in knots, accuracy 0 unknown. */
export function parseTraccarForward({ json, receivedAt }: IngestInput): ParsedRequest {
  const { position } = fieldsOf(json);
  if (!isObject(position)) return { unreadable: "The body must be { position: {...}, device: {...} }." };
  const fields = fieldsOf(position);
  const attributes = fieldsOf(fields.attributes);
  return {
    fixes: [
      {
        lat: readCoordinate(fields.latitude),
        lon: readCoordinate(fields.longitude),
        takenAt: readTime(fields.fixTime ?? fields.deviceTime, receivedAt),
        accuracyM: readAccuracyZeroUnknown(fields.accuracy),
        speedMps: toMps(readSpeed(fields.speed), "knots"),
        headingDeg: readHeading(fields.course),
        altitudeM: readAltitude(fields.altitude),
        batteryPct: readPercent(attributes.batteryLevel),
        charging: readBoolean(attributes.charge),
      },
    ],
  };
}

/** The name a forwarding server gives the device; `null` without one. */
export function forwardedDeviceLabel(json: unknown): string | null {
  const { uniqueId } = fieldsOf(fieldsOf(json).device);
  if (typeof uniqueId === "number") return String(uniqueId);
  return typeof uniqueId === "string" && uniqueId.trim() !== "" ? uniqueId.trim() : null;
}
