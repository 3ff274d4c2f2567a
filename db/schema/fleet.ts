import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { type Places, UNIT_STATES, VEHICLE_TYPES } from "@/server/domain/fleet/vocabulary";
import type { ShiftBreak } from "@/server/domain/shifts/breaks";
import { agencyKey, moment, oneOf, stamps } from "./columns";
import { users } from "./people";
import { bases } from "./places";

export const vehicles = pgTable(
  "vehicles",
  {
    ...agencyKey(),
    vehicleNo: text("vehicle_no").notNull(),
    /** The call sign a new shift takes over; the shift's own is the one that counts. */
    callSign: text("call_sign").notNull(),
    type: text("type").$type<(typeof VEHICLE_TYPES)[number]>().notNull(),
    levels: text("levels").array().notNull(),
    places: jsonb("places").$type<Places>().notNull(),
    configurations: jsonb("configurations").$type<Places[]>().notNull().default([]),
    inService: boolean("in_service").notNull().default(true),
    outOfServiceReason: text("out_of_service_reason"),
    baseId: uuid("base_id"),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.baseId], foreignColumns: [bases.agencyId, bases.id] }),
    uniqueIndex("vehicles_no").on(t.agencyId, t.vehicleNo).where(sql`deactivated_at is null`),
    oneOf("vehicles_type", t.type, VEHICLE_TYPES),
  ],
);

/** A vehicle and its crew for a period: the unit of availability. Exclusion constraints are in a hand-written migration. */
export const shifts = pgTable(
  "shifts",
  {
    ...agencyKey(),
    vehicleId: uuid("vehicle_id").notNull(),
    callSign: text("call_sign").notNull(),
    baseId: uuid("base_id"),
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    signedOnAt: moment("signed_on_at"),
    signedOffAt: moment("signed_off_at"),
    odometerOnM: integer("odometer_on_m"),
    odometerOffM: integer("odometer_off_m"),
    state: text("state").$type<(typeof UNIT_STATES)[number]>().notNull().default("available"),
    /** What somebody typed, encrypted: it may name a patient. */
    stateReasonEnc: text("state_reason_enc"),
    stateSince: moment("state_since"),
    stateUntil: moment("state_until"),
    interruptible: boolean("interruptible").notNull().default(true),
    /** Breaks that its crew shall have, in order. */
    breaks: jsonb("breaks").$type<ShiftBreak[]>().notNull().default([]),
    /** Counts changes of the manifest: edits of stops lock on it. */
    manifestVersion: integer("manifest_version").notNull().default(1),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.vehicleId], foreignColumns: [vehicles.agencyId, vehicles.id] }),
    uniqueIndex("shifts_signed_on")
      .on(t.agencyId, t.vehicleId)
      .where(sql`signed_on_at is not null and signed_off_at is null and deactivated_at is null`),
    index("shifts_period").on(t.agencyId, t.startsAt),
    oneOf("shifts_state", t.state, UNIT_STATES),
  ],
);

export const shiftCrew = pgTable(
  "shift_crew",
  {
    ...agencyKey(),
    shiftId: uuid("shift_id").notNull(),
    userId: uuid("user_id").notNull(),
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    removedAt: moment("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.shiftId], foreignColumns: [shifts.agencyId, shifts.id] }),
    foreignKey({ columns: [t.agencyId, t.userId], foreignColumns: [users.agencyId, users.id] }),
    index("shift_crew_shift").on(t.agencyId, t.shiftId),
    index("shift_crew_user").on(t.agencyId, t.userId, t.startsAt),
  ],
);

/** Sign-on, sign-off, swaps and changes of a unit's state: append-only. */
export const unitEvents = pgTable(
  "unit_events",
  {
    ...agencyKey(),
    shiftId: uuid("shift_id").notNull(),
    kind: text("kind").notNull(),
    happenedAt: moment("happened_at").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
    actorId: uuid("actor_id"),
    source: text("source").notNull(),
    reason: text("reason"),
    /** Ids, states and counts only. */
    data: jsonb("data").$type<Record<string, string | number | boolean | null>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.shiftId], foreignColumns: [shifts.agencyId, shifts.id] }),
    index("unit_events_shift").on(t.agencyId, t.shiftId, t.happenedAt),
  ],
);

/** A phone or tracker that may append fixes, of a vehicle or of a person. */
export const devices = pgTable(
  "devices",
  {
    ...agencyKey(),
    label: text("label").notNull(),
    vehicleId: uuid("vehicle_id"),
    userId: uuid("user_id"),
    tokenHash: text("token_hash").notNull().unique(),
    /** The token before the last rotation, accepted until `previousTokenUntil`. */
    previousTokenHash: text("previous_token_hash").unique(),
    previousTokenUntil: moment("previous_token_until"),
    app: text("app"),
    /** A coarse network prefix, never a whole address. */
    network: text("network"),
    firstSeenAt: moment("first_seen_at"),
    lastSeenAt: moment("last_seen_at"),
    speedUnit: text("speed_unit").$type<"auto" | "mps" | "kmh" | "knots">().notNull().default("auto"),
    darkReason: text("dark_reason"),
    settings: jsonb("settings").$type<{ intervalS?: number; app?: string }>().notNull().default({}),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.vehicleId], foreignColumns: [vehicles.agencyId, vehicles.id] }),
    foreignKey({ columns: [t.agencyId, t.userId], foreignColumns: [users.agencyId, users.id] }),
    index("devices_vehicle").on(t.agencyId, t.vehicleId),
    index("devices_user").on(t.agencyId, t.userId),
  ],
);
