import { sql } from "drizzle-orm";
import {
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Explanation } from "@/server/domain/planning/types";
import type { PlanFigures } from "@/server/domain/plans/figures-schema";
import type { StoredFindings } from "@/server/domain/plans/findings";
import type { PlanningSettings } from "@/server/domain/plans/settings";
import type { StoredStop, WhatIf } from "@/server/domain/plans/stored";
import * as words from "@/server/domain/plans/vocabulary";
import { trips } from "./calls";
import { agencyKey, moment, oneOf, stamps } from "./columns";
import { shifts } from "./fleet";

/** How an agency's days are planned; without a row the usual settings hold. */
export const planningSettings = pgTable("planning_settings", {
  agencyId: uuid("agency_id").primaryKey(),
  settings: jsonb("settings").$type<PlanningSettings>().notNull(),
  version: integer("version").notNull().default(1),
  updatedAt: moment("updated_at").notNull().defaultNow(),
  updatedBy: uuid("updated_by"),
});

/**
 * A proposal for a day, from the request to the decision. Holds ids, times and figures only; never patient data.
 * `generation` counts the plans of that day that had been applied when this one began: two plans made from the same
 * state of a day can't both be applied.
 */
export const plans = pgTable(
  "plans",
  {
    ...agencyKey(),
    kind: text("kind").$type<words.PlanKind>().notNull(),
    state: text("state").$type<words.PlanState>().notNull().default("queued"),
    /** The agency's calendar day. */
    serviceDate: date("service_date", { mode: "string" }).notNull(),
    /** What is planned: pickups from, to (half-open). */
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    generation: integer("generation").notNull().default(0),
    seed: integer("seed").notNull(),
    /** As they were when the plan was asked for. */
    settings: jsonb("settings").$type<PlanningSettings>().notNull(),
    whatIf: jsonb("what_if").$type<WhatIf>(),
    /** 0 to 1. */
    progress: doublePrecision("progress").notNull().default(0),
    bestCost: doublePrecision("best_cost"),
    tripCount: integer("trip_count").notNull().default(0),
    unitCount: integer("unit_count").notNull().default(0),
    unservedCount: integer("unserved_count"),
    before: jsonb("before").$type<PlanFigures>(),
    after: jsonb("after").$type<PlanFigures>(),
    findings: jsonb("findings").$type<StoredFindings>(),
    /** Counts the workers that took the plan up: what a worker that was given up still writes is refused. */
    attempt: integer("attempt").notNull().default(0),
    failure: text("failure").$type<words.PlanFailure>(),
    requestedBy: uuid("requested_by"),
    startedAt: moment("started_at"),
    beatAt: moment("beat_at"),
    finishedAt: moment("finished_at"),
    decidedAt: moment("decided_at"),
    decidedBy: uuid("decided_by"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    index("plans_day").on(t.agencyId, t.serviceDate, t.createdAt),
    index("plans_waiting").on(t.agencyId, t.createdAt).where(sql`state in ('queued', 'running')`),
    uniqueIndex("plans_one_applied")
      .on(t.agencyId, t.serviceDate, t.generation)
      .where(sql`state in ('applied', 'partly_applied')`),
    oneOf("plans_kind", t.kind, words.PLAN_KINDS),
    oneOf("plans_state", t.state, words.PLAN_STATES),
    oneOf("plans_failure", t.failure, words.PLAN_FAILURES),
  ],
);

/** One unit's part of a plan: its stops in order as they would be. */
export const planUnits = pgTable(
  "plan_units",
  {
    ...agencyKey(),
    planId: uuid("plan_id").notNull(),
    shiftId: uuid("shift_id").notNull(),
    /** 0: the shift itself; else which of the units like it that a question assumes. */
    extra: smallint("extra").notNull().default(0),
    callSign: text("call_sign").notNull(),
    /** Of the shift when the day was read: another one at the decision means that somebody changed it. */
    manifestVersion: integer("manifest_version").notNull(),
    stops: jsonb("stops").$type<StoredStop[]>().notNull(),
    before: jsonb("before").$type<PlanFigures>().notNull(),
    after: jsonb("after").$type<PlanFigures>().notNull(),
    decision: text("decision").$type<words.PlanDecision>().notNull().default("open"),
    decidedAt: moment("decided_at"),
    decidedBy: uuid("decided_by"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    uniqueIndex("plan_units_shift").on(t.agencyId, t.planId, t.shiftId, t.extra),
    foreignKey({ columns: [t.agencyId, t.planId], foreignColumns: [plans.agencyId, plans.id] }),
    foreignKey({ columns: [t.agencyId, t.shiftId], foreignColumns: [shifts.agencyId, shifts.id] }),
    oneOf("plan_units_decision", t.decision, words.PLAN_DECISIONS),
  ],
);

/** What a plan does with one trip, and why. */
export const planTrips = pgTable(
  "plan_trips",
  {
    ...agencyKey(),
    planId: uuid("plan_id").notNull(),
    tripId: uuid("trip_id").notNull(),
    tripVersion: integer("trip_version").notNull(),
    change: text("change").$type<words.PlanChange>().notNull(),
    fromShiftId: uuid("from_shift_id"),
    toShiftId: uuid("to_shift_id"),
    /** Of the unit that it goes to. */
    toExtra: smallint("to_extra").notNull().default(0),
    pickupAt: moment("pickup_at"),
    dropoffAt: moment("dropoff_at"),
    pickupWasAt: moment("pickup_was_at"),
    dropoffWasAt: moment("dropoff_was_at"),
    lateS: doublePrecision("late_s"),
    slackS: doublePrecision("slack_s"),
    cost: doublePrecision("cost"),
    /** 0 to 1, by simulation. */
    lateProbability: doublePrecision("late_probability"),
    /** Why a trip is left out: ids and figures only. */
    why: jsonb("why").$type<Explanation>(),
    decision: text("decision").$type<words.PlanDecision>().notNull().default("open"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    uniqueIndex("plan_trips_trip").on(t.agencyId, t.planId, t.tripId),
    foreignKey({ columns: [t.agencyId, t.planId], foreignColumns: [plans.agencyId, plans.id] }),
    foreignKey({ columns: [t.agencyId, t.tripId], foreignColumns: [trips.agencyId, trips.id] }),
    oneOf("plan_trips_change", t.change, words.PLAN_CHANGES),
    oneOf("plan_trips_decision", t.decision, words.PLAN_DECISIONS),
  ],
);
