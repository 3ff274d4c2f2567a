import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { point } from "@/db/types";
import type { Places } from "@/server/domain/fleet/vocabulary";
import { PAIR_RULES, type PairRule } from "@/server/domain/riders/riding-rules";
import * as words from "@/server/domain/trips/vocabulary";
import { agencyKey, moment, oneOf, stamps } from "./columns";
import { shifts, vehicles } from "./fleet";
import { facilities } from "./places";

/** One event that may need several units or several riders. */
export const incidents = pgTable(
  "incidents",
  {
    ...agencyKey(),
    number: text("number").notNull(),
    /** Encrypted: it may name a patient. */
    notesEnc: text("notes_enc"),
    closedAt: moment("closed_at"),
    ...stamps(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.id] }), unique("incidents_number").on(t.agencyId, t.number)],
);

/** Known riders; every `…Enc` column is AES-256-GCM bound to table, column and row. Tokens are a blind index. */
export const riders = pgTable(
  "riders",
  {
    ...agencyKey(),
    nameEnc: text("name_enc").notNull(),
    phoneEnc: text("phone_enc"),
    addressEnc: text("address_enc"),
    notesEnc: text("notes_enc"),
    nameTokens: text("name_tokens").array().notNull().default([]),
    phoneToken: text("phone_token"),
    /** Where the rider lives, as "lat,lon", and its ZIP: patient data like the address. */
    homeEnc: text("home_enc"),
    homeZipEnc: text("home_zip_enc"),
    /** As earlier versions stored it; the clean-up seals what it finds here and empties it. */
    homeLocation: point("home_location"),
    homeZip: text("home_zip"),
    defaultLevel: text("default_level").$type<words.Level>(),
    needs: text("needs").array().notNull().default([]),
    /** People the rider would like to drive with, and people the rider does not drive with. */
    preferredCrew: uuid("preferred_crew").array().notNull().default([]),
    refusedCrew: uuid("refused_crew").array().notNull().default([]),
    /** Riders aboard at once, this one counted: 1 = rides alone; null = as the agency has it. */
    mostAboard: integer("most_aboard"),
    /** The longest ride; null = as the agency has it. */
    maxRideMinutes: integer("max_ride_minutes"),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    index("riders_name_tokens").using("gin", t.nameTokens),
    index("riders_phone").on(t.agencyId, t.phoneToken),
  ],
);

/** Two riders who go with one unit, or are never aboard at once; the lower id first, so that a pair is one row. */
export const riderPairs = pgTable(
  "rider_pairs",
  {
    agencyId: uuid("agency_id").notNull(),
    riderId: uuid("rider_id").notNull(),
    otherId: uuid("other_id").notNull(),
    rule: text("rule").$type<PairRule>().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    createdBy: uuid("created_by"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.riderId, t.otherId] }),
    foreignKey({ columns: [t.agencyId, t.riderId], foreignColumns: [riders.agencyId, riders.id] }),
    foreignKey({ columns: [t.agencyId, t.otherId], foreignColumns: [riders.agencyId, riders.id] }),
    index("rider_pairs_other").on(t.agencyId, t.otherId),
    oneOf("rider_pairs_rule", t.rule, PAIR_RULES),
    check("rider_pairs_order", sql`${t.riderId} < ${t.otherId}`),
  ],
);

/** One end of a trip: a snapshot, with the address encrypted unless it is a facility's. */
const placeColumns = <P extends "pickup" | "dropoff">(prefix: P) => ({
  facilityId: uuid(`${prefix}_facility_id`),
  addressEnc: text(`${prefix}_address_enc`),
  zip: text(`${prefix}_zip`),
  location: point(`${prefix}_location`),
  notesEnc: text(`${prefix}_notes_enc`),
  at: moment(`${prefix}_at`),
  earliest: moment(`${prefix}_earliest`),
  latest: moment(`${prefix}_latest`),
});
const pickup = placeColumns("pickup");
const dropoff = placeColumns("dropoff");

/** The need: one rider, one leg. */
export const trips = pgTable(
  "trips",
  {
    ...agencyKey(),
    number: text("number").notNull(),
    kind: text("kind").$type<words.TripKind>().notNull().default("transport"),
    status: text("status").$type<words.TripStatus>().notNull().default("requested"),
    outcome: text("outcome").$type<words.TripOutcome>(),
    priority: text("priority").$type<words.Priority>().notNull(),
    /** Frozen at the first dispatch. */
    priorityAtDispatch: text("priority_at_dispatch").$type<words.Priority>(),
    lightsAndSiren: boolean("lights_and_siren").notNull().default(false),
    level: text("level").$type<words.Level>().notNull(),
    timing: text("timing").$type<words.Timing>().notNull(),
    incidentId: uuid("incident_id"),
    riderId: uuid("rider_id"),
    unknownRider: boolean("unknown_rider").notNull().default(false),
    riderNameEnc: text("rider_name_enc"),
    riderPhoneEnc: text("rider_phone_enc"),
    searchTokens: text("search_tokens").array().notNull().default([]),
    pickupFacilityId: pickup.facilityId,
    pickupAddressEnc: pickup.addressEnc,
    pickupZip: pickup.zip,
    pickupLocation: pickup.location.notNull(),
    pickupNotesEnc: pickup.notesEnc,
    pickupAt: pickup.at,
    pickupEarliest: pickup.earliest,
    pickupLatest: pickup.latest,
    dropoffFacilityId: dropoff.facilityId,
    dropoffAddressEnc: dropoff.addressEnc,
    dropoffZip: dropoff.zip,
    dropoffLocation: dropoff.location,
    dropoffNotesEnc: dropoff.notesEnc,
    dropoffAt: dropoff.at,
    dropoffEarliest: dropoff.earliest,
    dropoffLatest: dropoff.latest,
    appointmentAt: moment("appointment_at"),
    readyAt: moment("ready_at"),
    promisedPickupAt: moment("promised_pickup_at"),
    promisedDropoffAt: moment("promised_dropoff_at"),
    bookedAt: moment("booked_at").notNull(),
    /** When it was wanted: the call for asap trips, else the pickup time agreed. */
    requestedAt: moment("requested_at").notNull(),
    needs: text("needs").array().notNull().default([]),
    passengers: jsonb("passengers").$type<Places>().notNull(),
    notesEnc: text("notes_enc"),
    journeyId: uuid("journey_id"),
    legNo: integer("leg_no"),
    returnOf: uuid("return_of"),
    sameUnit: boolean("same_unit").notNull().default(false),
    externalRef: text("external_ref"),
    currentAssignmentId: uuid("current_assignment_id"),
    /** Changes when the set of people who may follow the trip changes: a former listener hears nothing more. */
    channelEpoch: integer("channel_epoch").notNull().default(1),
    etaPickupAt: moment("eta_pickup_at"),
    etaDropoffAt: moment("eta_dropoff_at"),
    distanceM: doublePrecision("distance_m"),
    durationS: doublePrecision("duration_s"),
    missed: text("missed").array().notNull().default([]),
    endReason: text("end_reason"),
    /** How a cancellation at the door or a no-show is proved: arrival, minutes waited, call attempts. */
    evidence: jsonb("evidence").$type<{ arrivedAt?: string; waitedMinutes?: number; callAttempts?: number }>(),
    closedAt: moment("closed_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    unique("trips_number").on(t.agencyId, t.number),
    uniqueIndex("trips_external_ref").on(t.agencyId, t.externalRef).where(sql`external_ref is not null`),
    foreignKey({ columns: [t.agencyId, t.riderId], foreignColumns: [riders.agencyId, riders.id] }),
    foreignKey({ columns: [t.agencyId, t.incidentId], foreignColumns: [incidents.agencyId, incidents.id] }),
    foreignKey({ columns: [t.agencyId, t.pickupFacilityId], foreignColumns: [facilities.agencyId, facilities.id] }),
    foreignKey({ columns: [t.agencyId, t.dropoffFacilityId], foreignColumns: [facilities.agencyId, facilities.id] }),
    foreignKey({ columns: [t.agencyId, t.returnOf], foreignColumns: [t.agencyId, t.id] }),
    index("trips_time").on(t.agencyId, t.requestedAt),
    index("trips_incident").on(t.agencyId, t.incidentId).where(sql`incident_id is not null`),
    index("trips_open").on(t.agencyId, t.requestedAt).where(sql`closed_at is null`),
    index("trips_tokens").using("gin", t.searchTokens),
    oneOf("trips_status", t.status, words.TRIP_STATUSES),
    oneOf("trips_level", t.level, words.LEVELS),
    oneOf("trips_priority", t.priority, words.PRIORITIES),
    oneOf("trips_timing", t.timing, words.TIMINGS),
    oneOf("trips_kind", t.kind, words.TRIP_KINDS),
    oneOf("trips_outcome", t.outcome, words.TRIP_OUTCOMES),
  ],
);

/** The response: one unit sent to a trip, with clocks of its own. */
export const assignments = pgTable(
  "assignments",
  {
    ...agencyKey(),
    tripId: uuid("trip_id").notNull(),
    shiftId: uuid("shift_id").notNull(),
    vehicleId: uuid("vehicle_id").notNull(),
    role: text("role").$type<words.AssignmentRole>().notNull().default("transport"),
    mode: text("mode").$type<words.AssignmentMode>().notNull(),
    status: text("status").$type<words.AssignmentStatus>().notNull(),
    /** False once the unit let go of the trip; stays true after completion. */
    current: boolean("current").notNull().default(true),
    levelSent: text("level_sent").$type<words.Level>(),
    crewUserIds: uuid("crew_user_ids").array().notNull().default([]),
    assignedAt: moment("assigned_at").notNull(),
    assignedBy: uuid("assigned_by"),
    dispatchedAt: moment("dispatched_at"),
    acknowledgedAt: moment("acknowledged_at"),
    enRouteAt: moment("en_route_at"),
    atPickupAt: moment("at_pickup_at"),
    loadedAt: moment("loaded_at"),
    atDropoffAt: moment("at_dropoff_at"),
    completedAt: moment("completed_at"),
    clearedAt: moment("cleared_at"),
    sentAt: moment("sent_at"),
    onPhoneAt: moment("on_phone_at"),
    seenAt: moment("seen_at"),
    missed: text("missed").array().notNull().default([]),
    endedAt: moment("ended_at"),
    endReason: text("end_reason").$type<words.AssignmentEndReason>(),
    overrideReason: text("override_reason"),
    odometerPickupM: integer("odometer_pickup_m"),
    odometerDropoffM: integer("odometer_dropoff_m"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.tripId], foreignColumns: [trips.agencyId, trips.id] }),
    foreignKey({ columns: [t.agencyId, t.shiftId], foreignColumns: [shifts.agencyId, shifts.id] }),
    foreignKey({ columns: [t.agencyId, t.vehicleId], foreignColumns: [vehicles.agencyId, vehicles.id] }),
    uniqueIndex("assignments_one_transport").on(t.agencyId, t.tripId).where(sql`role = 'transport' and current`),
    uniqueIndex("assignments_one_support")
      .on(t.agencyId, t.tripId, t.shiftId)
      .where(sql`role <> 'transport' and current and status <> 'completed'`),
    index("assignments_trip").on(t.agencyId, t.tripId),
    index("assignments_shift").on(t.agencyId, t.shiftId).where(sql`current`),
    index("assignments_vehicle").on(t.agencyId, t.vehicleId).where(sql`current`),
    oneOf("assignments_role", t.role, words.ASSIGNMENT_ROLES),
    oneOf("assignments_mode", t.mode, words.ASSIGNMENT_MODES),
    oneOf("assignments_status", t.status, words.ASSIGNMENT_STATUSES),
  ],
);

/** A shift's ordered stops: what the crew does next. Edits lock on the shift's `manifest_version`. */
export const stops = pgTable(
  "stops",
  {
    ...agencyKey(),
    shiftId: uuid("shift_id").notNull(),
    /** Order within the shift; gaps are allowed. */
    seq: integer("seq").notNull(),
    kind: text("kind").$type<words.StopKind>().notNull(),
    tripId: uuid("trip_id"),
    assignmentId: uuid("assignment_id"),
    facilityId: uuid("facility_id"),
    /** Of the shift's breaks: the one that is had here. */
    breakId: uuid("break_id"),
    /** How long the unit stays, where that is known; null = as is usual for the kind. */
    dwellS: integer("dwell_s"),
    location: point("location"),
    plannedAt: moment("planned_at"),
    etaAt: moment("eta_at"),
    arrivedAt: moment("arrived_at"),
    departedAt: moment("departed_at"),
    locked: boolean("locked").notNull().default(false),
    odometerM: integer("odometer_m"),
    removedAt: moment("removed_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.shiftId], foreignColumns: [shifts.agencyId, shifts.id] }),
    foreignKey({ columns: [t.agencyId, t.tripId], foreignColumns: [trips.agencyId, trips.id] }),
    foreignKey({ columns: [t.agencyId, t.assignmentId], foreignColumns: [assignments.agencyId, assignments.id] }),
    index("stops_shift").on(t.agencyId, t.shiftId, t.seq).where(sql`removed_at is null`),
    index("stops_trip").on(t.agencyId, t.tripId),
    oneOf("stops_kind", t.kind, words.STOP_KINDS),
  ],
);

/** What happened to a trip: append-only. Holds ids, words and times; never patient data in the clear. */
export const tripEvents = pgTable(
  "trip_events",
  {
    ...agencyKey(),
    tripId: uuid("trip_id").notNull(),
    assignmentId: uuid("assignment_id"),
    shiftId: uuid("shift_id"),
    kind: text("kind").$type<words.TripEventKind>().notNull(),
    status: text("status"),
    happenedAt: moment("happened_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    actorId: uuid("actor_id"),
    source: text("source").$type<words.EventSource>().notNull(),
    /** Free text a person typed: encrypted, it may name a patient. */
    reasonEnc: text("reason_enc"),
    replaces: uuid("replaces"),
    clientEventId: text("client_event_id"),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.tripId], foreignColumns: [trips.agencyId, trips.id] }),
    uniqueIndex("trip_events_client").on(t.agencyId, t.clientEventId).where(sql`client_event_id is not null`),
    index("trip_events_trip").on(t.agencyId, t.tripId, t.recordedAt),
    oneOf("trip_events_kind", t.kind, words.TRIP_EVENT_KINDS),
    oneOf("trip_events_source", t.source, words.EVENT_SOURCES),
  ],
);
