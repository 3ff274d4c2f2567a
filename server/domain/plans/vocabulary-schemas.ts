import { z } from "zod";
import { PLAN_CHANGES, PLAN_DECISIONS, PLAN_FAILURES, PLAN_KINDS, PLAN_STATES } from "./vocabulary";

/** The words of `./vocabulary` as schemas, apart from them: pages need the words and not what reads them. */

export const PlanKindSchema = z.enum(PLAN_KINDS);
export const PlanStateSchema = z.enum(PLAN_STATES);
export const PlanChangeSchema = z.enum(PLAN_CHANGES);
export const PlanDecisionSchema = z.enum(PLAN_DECISIONS);
export const PlanFailureSchema = z.enum(PLAN_FAILURES);
