import { z } from "zod";
import { PlacesSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { Moment } from "@/server/domain/moment";
import { ASSIGNMENT_STATUSES } from "./vocabulary";
import {
  AssignmentModeSchema,
  AssignmentRoleSchema,
  LevelSchema,
  PrioritySchema,
  PublicStatusSchema,
  TimingSchema,
  TripKindSchema,
  TripOutcomeSchema,
  TripStatusSchema,
} from "./vocabulary-schemas";

const moment = Moment.nullable();

/**
 * One end of a trip. Where it is a facility, everybody may know; anywhere else is where somebody lives, and `address`,
 * `zip`, `lat`, `lon` are left out, like `notes`, for who may not see the rider.
 */
export const TripEnd = z.object({
  facilityId: z.uuid().nullable(),
  facilityName: z.string().nullable(),
  address: z.string().nullable().optional(),
  zip: z.string().nullable().optional(),
  lat: z.number().optional(),
  lon: z.number().optional(),
  at: moment,
  earliest: moment,
  latest: moment,
  notes: z.string().nullable().optional(),
});
export type TripEnd = z.infer<typeof TripEnd>;

const clocks = {
  dispatchedAt: moment,
  acknowledgedAt: moment,
  enRouteAt: moment,
  atPickupAt: moment,
  loadedAt: moment,
  atDropoffAt: moment,
  completedAt: moment,
  clearedAt: moment,
};
export const AssignmentView = z
  .object({
    id: z.uuid(),
    shiftId: z.uuid(),
    vehicleId: z.uuid(),
    vehicleNo: z.string(),
    callSign: z.string(),
    role: AssignmentRoleSchema,
    mode: AssignmentModeSchema,
    status: z.enum(ASSIGNMENT_STATUSES),
    current: z.boolean(),
    levelSent: LevelSchema.nullable(),
    assignedAt: Moment,
    endedAt: moment,
    endReason: z.string().nullable(),
    delivery: z.object({ sentAt: moment, onPhoneAt: moment, seenAt: moment }),
    times: z.object(clocks),
    missed: z.array(z.string()),
  })
  .meta({ id: "Assignment" });
export type AssignmentView = z.infer<typeof AssignmentView>;

/** A trip as the API and the console show it. */
export const TripView = z
  .object({
    id: z.uuid(),
    number: z.string(),
    version: z.int(),
    kind: TripKindSchema,
    status: TripStatusSchema,
    publicStatus: PublicStatusSchema,
    outcome: TripOutcomeSchema.nullable(),
    priority: PrioritySchema,
    priorityAtDispatch: PrioritySchema.nullable(),
    lightsAndSiren: z.boolean(),
    level: LevelSchema,
    timing: TimingSchema,
    /** Only for who may see the rider; billing sees initials. */
    riderName: z.string().nullable().optional(),
    riderPhone: z.string().nullable().optional(),
    riderId: z.uuid().nullable().optional(),
    unknownRider: z.boolean(),
    pickup: TripEnd,
    dropoff: TripEnd.nullable(),
    appointmentAt: moment,
    readyAt: moment,
    promised: z.object({ pickupAt: moment, dropoffAt: moment }),
    needs: z.array(z.string()),
    passengers: PlacesSchema,
    notes: z.string().nullable().optional(),
    journeyId: z.uuid().nullable(),
    incidentId: z.uuid().nullable(),
    legNo: z.int().nullable(),
    returnOf: z.uuid().nullable(),
    sameUnit: z.boolean(),
    externalRef: z.string().nullable(),
    assignment: AssignmentView.nullable(),
    assignments: z.array(AssignmentView),
    times: z.object({ bookedAt: Moment, requestedAt: Moment, ...clocks }),
    missed: z.array(z.string()),
    endReason: z.string().nullable(),
    evidence: z
      .object({
        arrivedAt: z.string().optional(),
        waitedMinutes: z.int().optional(),
        callAttempts: z.int().optional(),
      })
      .nullable(),
    etaPickupAt: moment,
    etaDropoffAt: moment,
    distanceM: z.number().nullable(),
    durationS: z.number().nullable(),
    channel: z.string(),
  })
  .meta({ id: "Trip" });
export type TripView = z.infer<typeof TripView>;
