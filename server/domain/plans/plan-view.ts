import { z } from "zod";
import { Moment } from "@/server/domain/moment";
import { STOP_KINDS } from "@/server/domain/trips/vocabulary";
import { PlanFigures } from "./figures-schema";
import { PlanFindings } from "./findings";
import { WhatIfInput } from "./inputs";
import {
  PlanChangeSchema,
  PlanDecisionSchema,
  PlanFailureSchema,
  PlanKindSchema,
  PlanStateSchema,
} from "./vocabulary-schemas";

/** A plan as lists show it: ids, times and figures only. */
export const PlanView = z
  .object({
    id: z.uuid(),
    kind: PlanKindSchema,
    state: PlanStateSchema,
    date: z.string(),
    from: Moment,
    to: Moment,
    /** 0 to 1. */
    progress: z.number(),
    bestCost: z.number().nullable(),
    tripCount: z.int(),
    unitCount: z.int(),
    unservedCount: z.int().nullable(),
    before: PlanFigures.nullable(),
    after: PlanFigures.nullable(),
    whatIf: WhatIfInput.nullable(),
    seed: z.int(),
    seconds: z.int(),
    failure: PlanFailureSchema.nullable(),
    requestedBy: z.uuid().nullable(),
    createdAt: Moment,
    startedAt: Moment.nullable(),
    finishedAt: Moment.nullable(),
    decidedAt: Moment.nullable(),
    version: z.int(),
  })
  .meta({ id: "Plan" });
export type PlanView = z.infer<typeof PlanView>;

export const PlanUnitView = z
  .object({
    shiftId: z.uuid(),
    /** 0: the shift itself; n: the n-th unit like it that a question assumes. */
    extra: z.int(),
    callSign: z.string(),
    manifestVersion: z.int(),
    /** What was changed since the day was read; empty = nothing. */
    stale: z.array(z.string()),
    decision: PlanDecisionSchema,
    added: z.int(),
    moved: z.int(),
    removed: z.int(),
    retimed: z.int(),
    /** Breaks of the plan that are not on the manifest. */
    newBreaks: z.int(),
    before: PlanFigures,
    after: PlanFigures,
    stops: z.array(
      z.object({
        kind: z.enum(STOP_KINDS),
        tripId: z.uuid().nullable(),
        tripNumber: z.string().nullable(),
        at: Moment,
        fixed: z.boolean(),
      }),
    ),
  })
  .meta({ id: "PlanUnit" });
export type PlanUnitView = z.infer<typeof PlanUnitView>;

export const PlanTripView = z
  .object({
    tripId: z.uuid(),
    tripNumber: z.string(),
    change: PlanChangeSchema,
    decision: PlanDecisionSchema,
    stale: z.boolean(),
    from: z.object({ shiftId: z.uuid(), callSign: z.string(), pickupAt: Moment.nullable() }).nullable(),
    to: z.object({ shiftId: z.uuid(), callSign: z.string() }).nullable(),
    pickupAt: Moment.nullable(),
    dropoffAt: Moment.nullable(),
    lateS: z.number().nullable(),
    slackS: z.number().nullable(),
    cost: z.number().nullable(),
    /** 0 to 1. */
    lateProbability: z.number().nullable(),
    /** Why it is left out, in sentences: what stops it, and what would come closest. */
    why: z.array(z.string()),
  })
  .meta({ id: "PlanTrip" });
export type PlanTripView = z.infer<typeof PlanTripView>;

/** A plan with every unit that it changes and every trip that it saw. */
export const PlanDetail = PlanView.extend({
  units: z.array(PlanUnitView),
  trips: z.array(PlanTripView),
  findings: PlanFindings,
}).meta({ id: "PlanDetail" });
export type PlanDetail = z.infer<typeof PlanDetail>;

/** What became of a decision: the plan as it is then, and the parts that were refused. */
export const PlanApplied = z
  .object({
    plan: PlanView,
    applied: z.array(z.uuid()),
    /** Units whose manifests are as planned now, of those that were chosen. */
    units: z.array(z.uuid()),
    refused: z.array(
      z.object({
        shiftIds: z.array(z.uuid()),
        reasons: z.array(z.object({ path: z.string().optional(), code: z.string(), message: z.string() })),
      }),
    ),
  })
  .meta({ id: "PlanApplied" });
export type PlanApplied = z.infer<typeof PlanApplied>;
