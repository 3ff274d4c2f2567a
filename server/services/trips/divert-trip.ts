import "server-only";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { type AssignmentRow, updateAssignment } from "@/db/queries/assignments";
import { lockShift } from "@/db/queries/shifts";
import { manifestOf } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { missedStatuses } from "@/server/domain/trips/clocks";
import type { Divert } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isActive } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { dropoffColumns } from "./book-trip";
import { ownWay } from "./estimate-shift";
import { readEnd } from "./read-end";
import { settleUnit } from "./release-unit";
import { replaceDropoff } from "./replace-dropoff";
import { changeTrip, clocksOf, recordEvent, shownAfter, takeTrip } from "./trip-work";

/**
 * Another destination under way: a hospital on divert, or back to where the rider came from. A unit that had arrived at
 * the first one is on its way again; that arrival stays in the events.
 */
export const divertTrip = (ctx: Ctx, input: z.infer<typeof Divert.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const { trip, current } = await takeTrip(tx, ctx, input.tripId, input.version);
    if (!current || !isActive(trip.status)) {
      throw new AppError("rule_broken", "only a trip that a unit is on can be diverted", [
        { path: "status", code: "not_under_way", message: `the trip is ${trip.status}` },
      ]);
    }
    await lockShift(tx, ctx.actor.agencyId, current.shiftId);
    const end = await readEnd(tx, ctx, "dropoff", input.dropoff);
    const arrived = current.atDropoffAt;
    const set = {
      ...dropoffColumns(trip.id, { ...end, at: end.at ?? trip.dropoffAt }),
      ...(await ownWay(tx, ctx, trip.pickupLocation, end.location, null)),
      ...(arrived && { status: "loaded" as const }),
    };
    await recordEvent(tx, ctx, trip.id, {
      kind: "diverted",
      status: trip.status,
      assignment: current,
      reason: input.reason,
      data: { from: trip.dropoffFacilityId, to: end.facilityId, arrivedAt: arrived?.toISOString() ?? null },
    });
    if (arrived) await leaveAgain(tx, ctx, trip, current);
    const after = await changeTrip(tx, uow, ctx, trip, { action: "trip.divert", set });
    await replaceDropoff(tx, ctx, after, current, await manifestOf(tx, ctx.actor.agencyId, current.shiftId));
    await settleUnit(tx, uow, ctx, current.shiftId);
    return shownAfter(tx, ctx, trip.id);
  });

async function leaveAgain(tx: Tx, ctx: Ctx, trip: TripRow, current: AssignmentRow): Promise<void> {
  const clocks = { ...clocksOf(current), atDropoffAt: null };
  await updateAssignment(tx, ctx.actor.agencyId, current.id, {
    status: "loaded",
    atDropoffAt: null,
    missed: missedStatuses(clocks, trip.kind),
  });
}
