import { z } from "zod";
import {
  ASSIGNMENT_MODES,
  ASSIGNMENT_ROLES,
  LEVELS,
  PRIORITIES,
  PUBLIC_STATUSES,
  SUPPORT_ROLES,
  TIMINGS,
  TRIP_KINDS,
  TRIP_OUTCOMES,
  TRIP_STATUSES,
} from "./vocabulary";

/** The words of `./vocabulary` as schemas, apart from them: pages need the words and not what reads them. */

export const TripKindSchema = z.enum(TRIP_KINDS);
export const TripStatusSchema = z.enum(TRIP_STATUSES);
export const PublicStatusSchema = z.enum(PUBLIC_STATUSES);
/** Our status or the public name. */
export const AnyStatusSchema = z.enum([...TRIP_STATUSES, ...PUBLIC_STATUSES]);
export const TripOutcomeSchema = z.enum(TRIP_OUTCOMES);
export const LevelSchema = z.enum(LEVELS);
export const PrioritySchema = z.enum(PRIORITIES);
export const TimingSchema = z.enum(TIMINGS);
export const AssignmentRoleSchema = z.enum(ASSIGNMENT_ROLES);
export const SupportRoleSchema = z.enum(SUPPORT_ROLES);
export const AssignmentModeSchema = z.enum(ASSIGNMENT_MODES);
