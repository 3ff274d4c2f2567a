import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import * as inputs from "@/server/domain/trips/inputs";
import { AssignmentModeSchema, AssignmentRoleSchema } from "@/server/domain/trips/vocabulary-schemas";
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
import { myTrips } from "@/server/services/trips/my-trips";
import { recallTrip } from "@/server/services/trips/recall-trip";
import { recordNoShow } from "@/server/services/trips/record-no-show";
import { removeSupport } from "@/server/services/trips/remove-support";
import { reportStatus } from "@/server/services/trips/report-status";
import { returnTrip } from "@/server/services/trips/return-trip";
import { searchTrips } from "@/server/services/trips/search-trips";
import { setOutcome } from "@/server/services/trips/set-outcome";
import { swapUnit } from "@/server/services/trips/swap-unit";
import { unassignTrip } from "@/server/services/trips/unassign-trip";

const ByTrip = z.strictObject({ tripId: z.uuid() });

/** A call from booking to outcome. */
export const tripsRouter = router({
  book: allowed("trips.book")
    .input(inputs.BookTripInput)
    .mutation(({ ctx, input }) => bookTrip(ctx, input)),
  edit: allowed("trips.book")
    .input(inputs.EditTripInput)
    .mutation(({ ctx, input }) => editTrip(ctx, input)),
  get: allowed("trips.read")
    .input(ByTrip)
    .query(({ ctx, input }) => getTrip(ctx, input)),
  list: allowed("trips.read")
    .input(inputs.TripListInput)
    .query(({ ctx, input }) => listTrips(ctx, input)),
  search: allowed("trips.read")
    .input(inputs.TripSearchInput)
    .query(({ ctx, input }) => searchTrips(ctx, input)),
  mine: allowed("trips.read")
    .input(inputs.MyTripsInput)
    .query(({ ctx, input }) => myTrips(ctx, input)),
  events: allowed("trips.read")
    .input(ByTrip)
    .query(({ ctx, input }) => listTripEvents(ctx, input)),
  candidates: allowed("trips.dispatch")
    .input(ByTrip.extend({ mode: AssignmentModeSchema.optional(), role: AssignmentRoleSchema.optional() }))
    .query(({ ctx, input }) => listCandidates(ctx, input)),
  assign: allowed("trips.dispatch")
    .input(inputs.AssignTripInput)
    .mutation(({ ctx, input }) => assignTrip(ctx, input)),
  swapUnit: allowed("trips.dispatch")
    .input(inputs.SwapUnitInput)
    .mutation(({ ctx, input }) => swapUnit(ctx, input)),
  addSupport: allowed("trips.dispatch")
    .input(inputs.AddSupportInput)
    .mutation(({ ctx, input }) => addSupport(ctx, input)),
  removeSupport: allowed("trips.dispatch")
    .input(inputs.ReleaseSupportInput)
    .mutation(({ ctx, input }) => removeSupport(ctx, input)),
  unassign: allowed("trips.dispatch")
    .input(inputs.Unassign.input)
    .mutation(({ ctx, input }) => unassignTrip(ctx, input)),
  recall: allowed("trips.dispatch")
    .input(inputs.Recall.input)
    .mutation(({ ctx, input }) => recallTrip(ctx, input)),
  giveBack: allowed("trips.report")
    .input(inputs.ReturnTrip.input)
    .mutation(({ ctx, input }) => returnTrip(ctx, input)),
  cancel: allowed("trips.cancel")
    .input(inputs.Cancel.input)
    .mutation(({ ctx, input }) => cancelTrip(ctx, input)),
  divert: allowed("trips.dispatch")
    .input(inputs.Divert.input)
    .mutation(({ ctx, input }) => divertTrip(ctx, input)),
  markReady: allowed("trips.book")
    .input(inputs.MarkReady.input)
    .mutation(({ ctx, input }) => markReady(ctx, input)),
  reportStatus: allowed("trips.report")
    .input(inputs.ReportStatus.input)
    .mutation(({ ctx, input }) => reportStatus(ctx, input)),
  recordNoShow: allowed("trips.report")
    .input(inputs.NoShow.input)
    .mutation(({ ctx, input }) => recordNoShow(ctx, input)),
  acknowledgeDelivery: allowed("trips.report")
    .input(inputs.Acknowledge.input)
    .mutation(({ ctx, input }) => acknowledgeDelivery(ctx, input)),
  correct: allowed("trips.correct")
    .input(inputs.Correct.input)
    .mutation(({ ctx, input }) => correctEvent(ctx, input)),
  setOutcome: allowed("trips.correct")
    .input(inputs.SetOutcome.input)
    .mutation(({ ctx, input }) => setOutcome(ctx, input)),
});
