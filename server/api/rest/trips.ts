import "server-only";
import { z } from "zod";
import type { Ctx, Permission } from "@/server/context";
import * as inputs from "@/server/domain/trips/inputs";
import { TripView } from "@/server/domain/trips/trip-view";
import { AnyStatusSchema, AssignmentModeSchema, AssignmentRoleSchema } from "@/server/domain/trips/vocabulary-schemas";
import { PageInput } from "@/server/services/page";
import { acknowledgeDelivery } from "@/server/services/trips/acknowledge-delivery";
import { addSupport } from "@/server/services/trips/add-support";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { bookTrip } from "@/server/services/trips/book-trip";
import { cancelTrip } from "@/server/services/trips/cancel-trip";
import { correctEvent } from "@/server/services/trips/correct-event";
import { divertTrip } from "@/server/services/trips/divert-trip";
import { editTrip } from "@/server/services/trips/edit-trip";
import { getTrip } from "@/server/services/trips/get-trip";
import { listCandidates } from "@/server/services/trips/list-candidates";
import { listTripEvents } from "@/server/services/trips/list-trip-events";
import { listTrips } from "@/server/services/trips/list-trips";
import { markReady } from "@/server/services/trips/mark-ready";
import { recallTrip } from "@/server/services/trips/recall-trip";
import { recordNoShow } from "@/server/services/trips/record-no-show";
import { removeSupport } from "@/server/services/trips/remove-support";
import { reportStatus } from "@/server/services/trips/report-status";
import { returnTrip } from "@/server/services/trips/return-trip";
import { searchTrips } from "@/server/services/trips/search-trips";
import { setOutcome } from "@/server/services/trips/set-outcome";
import { swapUnit } from "@/server/services/trips/swap-unit";
import { unassignTrip } from "@/server/services/trips/unassign-trip";
import { defineRoute, type Route } from "./kit/route";
import { CandidatesDoc, TripEventDoc } from "./trip-docs";

const ById = z.object({ id: z.uuid() });
export const TripPage = z.object({ items: z.array(TripView), nextCursor: z.string().nullable() });

/** One status or several with commas between, in either vocabulary. */
const Statuses = z
  .string()
  .transform((text) => text.split(",").map((word) => word.trim()))
  .pipe(z.array(AnyStatusSchema))
  .meta({ override: { type: "string" } });
const TripQuery = PageInput.extend({
  status: Statuses.optional(),
  from: inputs.TimeOrDay.optional(),
  to: inputs.TimeOrDay.optional(),
  vehicleId: z.uuid().optional(),
});

/** `POST /trips/{id}/<verb>`: an action answers 200 with the trip. */
const action = <S extends z.core.$ZodLooseShape>(
  verb: string,
  summary: string,
  permission: Permission,
  body: z.ZodObject<S>,
  run: (ctx: Ctx, input: z.output<z.ZodObject<S>> & { tripId: string }) => Promise<TripView>,
): Route =>
  defineRoute({
    method: "POST",
    path: `/trips/{id}/${verb}`,
    summary,
    permission,
    params: ById,
    body,
    response: TripView,
    run: (ctx, { params, body: sent }) => run(ctx, { ...sent, tripId: params.id }),
  });

const reading: Route[] = [
  defineRoute({
    method: "GET",
    path: "/trips",
    summary: "Trips by status, period and vehicle, latest first; a crew gets its own",
    permission: "trips.read",
    query: TripQuery,
    response: TripPage,
    run: (ctx, { query }) => listTrips(ctx, query),
  }),
  defineRoute({
    method: "POST",
    path: "/trips/search",
    summary: "Find trips by the rider's name or phone, or by number",
    permission: "trips.read",
    body: inputs.TripSearchInput,
    response: TripPage,
    run: (ctx, { body }) => searchTrips(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/trips/{id}",
    summary: "One trip",
    permission: "trips.read",
    params: ById,
    response: TripView,
    run: (ctx, { params }) => getTrip(ctx, { tripId: params.id }),
  }),
  defineRoute({
    method: "GET",
    path: "/trips/{id}/events",
    summary: "A trip's history, oldest first",
    permission: "trips.read",
    params: ById,
    response: z.object({ items: z.array(TripEventDoc), nextCursor: z.null() }),
    run: async (ctx, { params }) => ({ items: await listTripEvents(ctx, { tripId: params.id }), nextCursor: null }),
  }),
  defineRoute({
    method: "GET",
    path: "/trips/{id}/candidates",
    summary: "Units ranked for a trip with reasons, and the others with their blockers",
    permission: "trips.dispatch",
    params: ById,
    query: z.strictObject({ mode: AssignmentModeSchema.optional(), role: AssignmentRoleSchema.optional() }),
    response: CandidatesDoc,
    run: (ctx, { params, query }) => listCandidates(ctx, { tripId: params.id, ...query }),
  }),
];

const writing: Route[] = [
  defineRoute({
    method: "POST",
    path: "/trips",
    summary: "Book a trip",
    permission: "trips.book",
    body: inputs.BookTripInput,
    response: TripView,
    status: 201,
    run: (ctx, { body }) => bookTrip(ctx, body),
  }),
  defineRoute({
    method: "PATCH",
    path: "/trips/{id}",
    summary: "Change an open trip; needs its version",
    permission: "trips.book",
    params: ById,
    body: inputs.TripPatch,
    response: TripView,
    run: (ctx, { params, body }) => editTrip(ctx, { ...body, tripId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/trips/{id}/assign",
    summary: "Reserve, send, queue or share a unit",
    permission: "trips.dispatch",
    params: ById,
    body: inputs.AssignBody,
    response: TripView,
    run: (ctx, { params, body }) => assignTrip(ctx, { ...body, tripId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/trips/{id}/swap",
    summary: "Give the trip to another unit, with clocks of its own",
    permission: "trips.dispatch",
    params: ById,
    body: inputs.SwapBody,
    response: TripView,
    run: (ctx, { params, body }) => swapUnit(ctx, { ...body, tripId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/trips/{id}/support",
    summary: "Send another unit to help, with a status and clocks of its own",
    permission: "trips.dispatch",
    params: ById,
    body: inputs.SupportBody,
    response: TripView,
    run: (ctx, { params, body }) => addSupport(ctx, { ...body, tripId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/trips/{id}/support/{assignmentId}/release",
    summary: "Send a supporting unit home",
    permission: "trips.dispatch",
    params: ById.extend({ assignmentId: z.uuid() }),
    body: inputs.ReleaseSupport.body,
    response: TripView,
    run: (ctx, { params, body }) =>
      removeSupport(ctx, { ...body, tripId: params.id, assignmentId: params.assignmentId }),
  }),
];

const acting: Route[] = [
  action("unassign", "Take the unit off the trip", "trips.dispatch", inputs.Unassign.body, unassignTrip),
  action("recall", "Undo a dispatch: the unit stands down", "trips.dispatch", inputs.Recall.body, recallTrip),
  action("return", "A crew gives the trip back", "trips.report", inputs.ReturnTrip.body, returnTrip),
  action("cancel", "Cancel the trip", "trips.cancel", inputs.Cancel.body, cancelTrip),
  action("ready", "A will-call rider is ready", "trips.book", inputs.MarkReady.body, markReady),
  action(
    "status",
    "Report a status, in our words or the public ones",
    "trips.report",
    inputs.ReportStatus.body,
    reportStatus,
  ),
  action("no-show", "The rider did not come", "trips.report", inputs.NoShow.body, recordNoShow),
  action(
    "delivery",
    "The phone has the dispatch, or the crew has seen it",
    "trips.report",
    inputs.Acknowledge.body,
    acknowledgeDelivery,
  ),
  action("divert", "Another destination under way", "trips.dispatch", inputs.Divert.body, divertTrip),
  action("correct", "Take a press back, or give it its right time", "trips.correct", inputs.Correct.body, correctEvent),
  action("outcome", "Say how a closed trip ended", "trips.correct", inputs.SetOutcome.body, setOutcome),
];

export const tripRoutes: Route[] = [...reading, ...writing, ...acting];
