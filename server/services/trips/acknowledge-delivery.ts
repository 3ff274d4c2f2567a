import "server-only";
import type { z } from "zod";
import { updateAssignment } from "@/db/queries/assignments";
import { lockShift } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import type { Acknowledge } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isActive } from "@/server/domain/trips/vocabulary";
import { write } from "@/server/services/unit-of-work";
import { reportStatus } from "./report-status";
import { showTrip } from "./show-trips";
import { announce, recordEvent, shownAfter, takeTrip } from "./trip-work";
import { assertOwnTrip } from "./unit-of-trip";

type Input = z.infer<typeof Acknowledge.input>;
const COLUMN = { on_phone: "onPhoneAt", seen: "seenAt" } as const;

/** The phone has the dispatch, or the crew has opened it, or says so: each step is kept with its first time. */
export async function acknowledgeDelivery(ctx: Ctx, { tripId, step, at, version }: Input): Promise<TripView> {
  if (step === "acknowledged") return reportStatus(ctx, { tripId, status: "acknowledged", at, version });
  return write(ctx, async (tx, uow) => {
    const { trip, current } = await takeTrip(tx, ctx, tripId, version);
    await assertOwnTrip(tx, ctx, current?.shiftId ?? null);
    if (!current || !isActive(current.status) || current[COLUMN[step]]) return showTrip(tx, ctx, trip);
    const when = at && at <= ctx.now && current.sentAt && at >= current.sentAt ? at : ctx.now;
    await lockShift(tx, ctx.actor.agencyId, current.shiftId);
    await updateAssignment(tx, ctx.actor.agencyId, current.id, { [COLUMN[step]]: when });
    await recordEvent(tx, ctx, tripId, { kind: "delivery", status: step, assignment: current, happenedAt: when });
    uow.audit({ action: "trip.delivery", entity: "trip", entityId: tripId, fields: [COLUMN[step]] });
    announce(uow, ctx, trip);
    return shownAfter(tx, ctx, tripId);
  });
}
