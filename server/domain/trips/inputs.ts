import { z } from "zod";
import { MomentInput } from "@/server/domain/moment";
import { Latitude, Longitude, line, prose } from "@/server/domain/text";
import { Version } from "@/server/domain/version";
import { NOT_TRANSPORTED_OUTCOMES } from "./closing";
import { PassengersInput } from "./passengers";
import {
  AnyStatusSchema,
  AssignmentModeSchema,
  LevelSchema,
  PrioritySchema,
  SupportRoleSchema,
  TimingSchema,
  TripKindSchema,
  TripOutcomeSchema,
} from "./vocabulary-schemas";

const version = Version;
const reason = prose(500);
const needs = z
  .array(line(60))
  .max(20)
  .transform((list) => [...new Set(list)]);

/** One end of a trip: a facility, or a point with its address. */
export const EndInput = z
  .strictObject({
    facilityId: z.uuid().nullish(),
    address: line(300).nullish(),
    zip: line(12).nullish(),
    lat: Latitude.nullish(),
    lon: Longitude.nullish(),
    at: MomentInput.nullish(),
    earliest: MomentInput.nullish(),
    latest: MomentInput.nullish(),
    notes: prose(2000).nullish(),
  })
  .refine((end) => end.facilityId || (typeof end.lat === "number" && typeof end.lon === "number"), {
    message: "a facility, or lat and lon",
    path: ["facilityId"],
  })
  .refine((end) => (typeof end.lat === "number") === (typeof end.lon === "number"), {
    message: "lat and lon belong together",
    path: ["lon"],
  });
export type EndInput = z.infer<typeof EndInput>;

const fields = {
  kind: TripKindSchema.default("transport"),
  level: LevelSchema,
  priority: PrioritySchema.nullish(),
  timing: TimingSchema.nullish(),
  lightsAndSiren: z.boolean().optional(),
  riderId: z.uuid().nullish(),
  riderName: line(200).nullish(),
  riderPhone: line(40).nullish(),
  unknownRider: z.boolean().optional(),
  pickup: EndInput,
  dropoff: EndInput.nullish(),
  appointmentAt: MomentInput.nullish(),
  needs: needs.optional(),
  passengers: PassengersInput.optional(),
  notes: prose(2000).nullish(),
  journeyId: z.uuid().nullish(),
  legNo: z.int().min(1).max(99).nullish(),
  returnOf: z.uuid().nullish(),
  sameUnit: z.boolean().optional(),
  externalRef: line(120).nullish(),
};
export const BookTripInput = z.strictObject(fields).meta({ id: "NewTrip" });
export type BookTripInput = z.infer<typeof BookTripInput>;

/** What may be changed of an open trip; `reason` moves the promised window along with a new pickup time. */
export const TripPatch = z
  .strictObject({ ...fields, kind: TripKindSchema, reason })
  .omit({ externalRef: true, returnOf: true })
  .partial()
  .extend({ version })
  .meta({ id: "TripPatch" });
export type TripPatch = z.infer<typeof TripPatch>;
export const EditTripInput = TripPatch.safeExtend({ tripId: z.uuid() });

const unit = { vehicleId: z.uuid().optional(), shiftId: z.uuid().optional() };
const oneUnit = (input: { vehicleId?: string | undefined; shiftId?: string | undefined }) =>
  (input.vehicleId === undefined) !== (input.shiftId === undefined);
const ONE_UNIT = { message: "either a vehicle or a shift", path: ["shiftId"] };
const override = z.strictObject({ reason }).optional();

const assign = z.strictObject({
  ...unit,
  mode: AssignmentModeSchema.default("dispatch"),
  version: version.optional(),
  override,
});
export const AssignBody = assign.refine(oneUnit, ONE_UNIT).meta({ id: "Assign" });
export const AssignTripInput = assign.extend({ tripId: z.uuid() }).refine(oneUnit, ONE_UNIT);
export type AssignTripInput = z.infer<typeof AssignTripInput>;

const support = z.strictObject({ ...unit, role: SupportRoleSchema, version: version.optional(), override });
/** Another unit beside the one that carries the rider. */
export const SupportBody = support.refine(oneUnit, ONE_UNIT).meta({ id: "AddSupport" });
export const AddSupportInput = support.extend({ tripId: z.uuid() }).refine(oneUnit, ONE_UNIT);
export type AddSupportInput = z.infer<typeof AddSupportInput>;

const swap = z.strictObject({ ...unit, reason, version: version.optional(), override });
export const SwapBody = swap.refine(oneUnit, ONE_UNIT).meta({ id: "SwapUnit" });
export const SwapUnitInput = swap.extend({ tripId: z.uuid() }).refine(oneUnit, ONE_UNIT);
export type SwapUnitInput = z.infer<typeof SwapUnitInput>;

const action = <S extends z.core.$ZodLooseShape>(shape: S) => ({
  /** What REST takes: the trip is in the path. */
  body: z.strictObject({ ...shape, version: version.optional() }),
  input: z.strictObject({ ...shape, version: version.optional(), tripId: z.uuid() }),
});
export const Unassign = action({ reason: reason.optional() });
export const Recall = action({ reason: reason.optional() });
export const ReturnTrip = action({ reason });
/** Sends a supporting unit home; `assignmentId` is its own. */
export const ReleaseSupport = action({ reason: reason.optional() });
export const ReleaseSupportInput = ReleaseSupport.input.extend({ assignmentId: z.uuid() });
const callAttempts = z.int().min(0).max(50).optional();
export const Cancel = action({ reason, callAttempts });
export const NoShow = action({ callAttempts, reason: reason.optional(), at: MomentInput.optional() });
export const Divert = action({ dropoff: EndInput, reason });
export const SetOutcome = action({ outcome: TripOutcomeSchema, reason: reason.optional() });
export const MarkReady = action({ readyAt: MomentInput.optional() });
export const Acknowledge = action({ step: z.enum(["on_phone", "seen", "acknowledged"]), at: MomentInput.optional() });
/**
 * `event` is the press: a status in either vocabulary, the name of its clock, or the id of its event. `assignmentId` is
 * whose, where it is not the unit's that carries the rider: a supporting unit's.
 */
export const Correct = action({
  event: line(60),
  assignmentId: z.uuid().optional(),
  at: MomentInput.nullish(),
  reason: reason.optional(),
});

/** Where the unit was when the crew pressed. */
const ReportPosition = z.looseObject({ lat: Latitude, lon: Longitude });
export const ReportStatus = action({
  status: AnyStatusSchema,
  /** The unit it is of, where it is not the one that carries the rider: a supporting unit's assignment. */
  assignmentId: z.uuid().optional(),
  at: MomentInput.nullish(),
  position: ReportPosition.nullish(),
  /** The reading in the agency's unit of distance. */
  odometer: z.number().min(0).max(1_300_000).nullish(),
  clientEventId: line(120).nullish(),
  /** Why the rider was not transported. */
  outcome: z.enum(NOT_TRANSPORTED_OUTCOMES).optional(),
  callAttempts,
  reason: reason.optional(),
});
export type ReportStatusInput = z.infer<typeof ReportStatus.input>;

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A moment, or a day of the agency. */
export const TimeOrDay = z.union([Day, MomentInput]);
export const TripListInput = z.strictObject({
  status: z.union([AnyStatusSchema, z.array(AnyStatusSchema)]).optional(),
  from: TimeOrDay.optional(),
  to: TimeOrDay.optional(),
  vehicleId: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
});
export type TripListInput = z.infer<typeof TripListInput>;
export const TripSearchInput = z
  .strictObject({
    q: line(200),
    status: z.union([AnyStatusSchema, z.array(AnyStatusSchema)]).optional(),
    from: TimeOrDay.optional(),
    to: TimeOrDay.optional(),
    limit: z.int().min(1).max(200).default(50),
    cursor: z.string().max(300).optional(),
  })
  .meta({ id: "TripSearch" });
export type TripSearchInput = z.infer<typeof TripSearchInput>;
export const MyTripsInput = z.strictObject({ date: Day.optional() });
