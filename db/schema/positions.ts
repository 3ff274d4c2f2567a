import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { point } from "@/db/types";
import { moment } from "./columns";

/** What a fix says beside time and place; null is unknown. */
const readings = () => ({
  accuracyM: real("accuracy_m"),
  speedMps: real("speed_mps"),
  headingDeg: real("heading_deg"),
  altitudeM: real("altitude_m"),
  batteryPct: real("battery_pct"),
  charging: boolean("charging"),
});

/** The newest valid fix of each vehicle, by min(takenAt, receivedAt). */
export const vehiclePositions = pgTable(
  "vehicle_positions",
  {
    agencyId: uuid("agency_id").notNull(),
    vehicleId: uuid("vehicle_id").notNull(),
    takenAt: moment("taken_at").notNull(),
    receivedAt: moment("received_at").notNull(),
    location: point("location").notNull(),
    ...readings(),
    deviceId: uuid("device_id").notNull(),
    source: text("source").$type<"device" | "crew">().notNull(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.vehicleId] })],
);

/** Every accepted fix, partitioned by the day of `taken_at` (hand-written migration). */
export const positionHistory = pgTable(
  "position_history",
  {
    agencyId: uuid("agency_id").notNull(),
    vehicleId: uuid("vehicle_id").notNull(),
    takenAt: moment("taken_at").notNull(),
    receivedAt: moment("received_at").notNull(),
    latE7: integer("lat_e7").notNull(),
    lonE7: integer("lon_e7").notNull(),
    ...readings(),
    deviceId: uuid("device_id").notNull(),
    shiftId: uuid("shift_id"),
  },
  (t) => [unique("position_history_once").on(t.vehicleId, t.takenAt, t.latE7, t.lonE7)],
);

export const quarantinedFixes = pgTable(
  "quarantined_fixes",
  {
    agencyId: uuid("agency_id").notNull(),
    id: uuid("id").notNull(),
    deviceId: uuid("device_id").notNull(),
    vehicleId: uuid("vehicle_id"),
    code: text("code").notNull(),
    /** Hash of device, time and place: the same fix is quarantined once. */
    dedupe: text("dedupe").notNull(),
    takenAt: moment("taken_at"),
    lat: doublePrecision("lat"),
    lon: doublePrecision("lon"),
    receivedAt: moment("received_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    unique("quarantined_fixes_once").on(t.agencyId, t.dedupe),
    index("quarantined_fixes_device").on(t.agencyId, t.deviceId, t.receivedAt),
  ],
);

/** Which process publishes the position frames of a cell, and the last frame's number. */
export const positionLeases = pgTable(
  "position_leases",
  {
    agencyId: uuid("agency_id").notNull(),
    cell: text("cell").notNull(),
    holder: text("holder").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.cell] })],
);

/** The way a unit took on an assignment, per leg: the proof of mileage, which must outlive the hot days. */
export const tripTracks = pgTable(
  "trip_tracks",
  {
    agencyId: uuid("agency_id").notNull(),
    assignmentId: uuid("assignment_id").notNull(),
    leg: text("leg").$type<"to_pickup" | "loaded" | "clear">().notNull(),
    /** [lonE5, latE5, secondsSinceStart] per point. */
    path: jsonb("path").$type<[number, number, number][]>().notNull(),
    startedAt: moment("started_at").notNull(),
    distanceM: doublePrecision("distance_m").notNull(),
    gapS: doublePrecision("gap_s").notNull(),
    algorithm: integer("algorithm").notNull(),
    writtenAt: moment("written_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.assignmentId, t.leg] })],
);
