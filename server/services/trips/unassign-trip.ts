import "server-only";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { lockShift } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import type { Recall, ReturnTrip, Unassign } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import type { AssignmentEndReason } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { endAssignment, releaseUnit } from "./release-unit";
import { changeTrip, recordEvent, shownAfter, type TripAtWork, takeTrip } from "./trip-work";
import { assertOwnTrip } from "./unit-of-trip";

type Taken = { kind: AssignmentEndReason & ("unassigned" | "recalled" | "returned"); reason: string | undefined };

/** Takes the unit off a trip, which goes back to the board. With the rider aboard only another unit may take over. */
export const unassignTrip = (ctx: Ctx, input: z.infer<typeof Unassign.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    await takeOff(tx, uow, ctx, work, { kind: "unassigned", reason: input.reason });
    return shownAfter(tx, ctx, input.tripId);
  });

/** The undo of a dispatch: the unit is told to stand down. */
export const recallTrip = (ctx: Ctx, input: z.infer<typeof Recall.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    if (!["dispatched", "acknowledged", "en_route"].includes(work.trip.status)) {
      throw new AppError("rule_broken", "only a unit that is on its way can be recalled", [
        { path: "status", code: "not_recallable", message: `the trip is ${work.trip.status}` },
      ]);
    }
    await takeOff(tx, uow, ctx, work, { kind: "recalled", reason: input.reason });
    return shownAfter(tx, ctx, input.tripId);
  });

/** A crew gives a trip back: it is open again, and somebody must look at it. */
export const returnTrip = (ctx: Ctx, input: z.infer<typeof ReturnTrip.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    await assertOwnTrip(tx, ctx, work.current?.shiftId ?? null);
    await takeOff(tx, uow, ctx, work, { kind: "returned", reason: input.reason });
    return shownAfter(tx, ctx, input.tripId);
  });

async function takeOff(tx: Tx, uow: UnitOfWork, ctx: Ctx, work: TripAtWork, { kind, reason }: Taken): Promise<void> {
  const { trip, current } = work;
  const refuse = (code: string, message: string) =>
    new AppError("rule_broken", message, [{ path: "status", code, message }]);
  if (trip.closedAt) throw refuse("trip_not_open", `the trip is ${trip.status}`);
  if (!current) throw refuse("not_assigned", "no unit has this trip");
  if (trip.status === "loaded" || trip.status === "at_dropoff") {
    throw refuse("rider_aboard", "the rider is aboard: swap the unit, divert or complete");
  }
  await lockShift(tx, ctx.actor.agencyId, current.shiftId);
  await endAssignment(tx, ctx, current, { reason: kind, at: ctx.now });
  await recordEvent(tx, ctx, trip.id, { kind: "unassigned", status: kind, assignment: current, reason });
  const action = { unassigned: "trip.unassign", recalled: "trip.recall", returned: "trip.return" }[kind];
  const set = {
    status: "requested" as const,
    currentAssignmentId: null,
    missed: [],
    etaPickupAt: null,
    etaDropoffAt: null,
  };
  await changeTrip(tx, uow, ctx, trip, { action, newChannel: true, set });
  await releaseUnit(tx, uow, ctx, current.shiftId, ctx.now);
}
