import "server-only";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { type AssignmentRow, isInCrew, updateAssignment } from "@/db/queries/assignments";
import { lockShift } from "@/db/queries/shifts";
import { actorUserId, type Ctx } from "@/server/context";
import type { Acknowledge } from "@/server/domain/trips/inputs";
import { isSupport } from "@/server/domain/trips/support";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isActive } from "@/server/domain/trips/vocabulary";
import { write } from "@/server/services/unit-of-work";
import { reportStatus } from "./report-status";
import { showTrip } from "./show-trips";
import { supportsOf } from "./support-units";
import { announce, recordEvent, shownAfter, sourceOf, type TripAtWork, takeTrip } from "./trip-work";
import { assertOwnTrip } from "./unit-of-trip";

type Input = z.infer<typeof Acknowledge.input>;
const COLUMN = { on_phone: "onPhoneAt", seen: "seenAt" } as const;

/** The phone has the dispatch, or the crew has opened it, or says so: each step is kept with its first time. */
export async function acknowledgeDelivery(ctx: Ctx, { tripId, step, at, version }: Input): Promise<TripView> {
  if (step === "acknowledged") return reportStatus(ctx, { tripId, status: "acknowledged", at, version });
  return write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, tripId, version);
    const { trip } = work;
    const told = (await ownSupport(tx, ctx, work)) ?? work.current;
    await assertOwnTrip(tx, ctx, told?.shiftId ?? null);
    if (!told || !isActive(told.status) || told[COLUMN[step]]) return showTrip(tx, ctx, trip);
    const when = at && at <= ctx.now && told.sentAt && at >= told.sentAt ? at : ctx.now;
    await lockShift(tx, ctx.actor.agencyId, told.shiftId);
    await updateAssignment(tx, ctx.actor.agencyId, told.id, { [COLUMN[step]]: when });
    await recordEvent(tx, ctx, tripId, {
      kind: "delivery",
      status: step,
      assignment: told,
      happenedAt: when,
      data: isSupport(told) ? { role: told.role } : {},
    });
    uow.audit({ action: "trip.delivery", entity: "trip", entityId: tripId, fields: [COLUMN[step]] });
    announce(uow, ctx, trip);
    return shownAfter(tx, ctx, tripId);
  });
}

/** What the caller's own unit supports of the trip; null for who acts for the unit that has it. */
async function ownSupport(tx: Tx, ctx: Ctx, work: TripAtWork): Promise<AssignmentRow | null> {
  const userId = actorUserId(ctx.actor);
  if (sourceOf(ctx) !== "crew" || userId === undefined) return null;
  for (const one of supportsOf(work)) if (await isInCrew(tx, ctx.actor.agencyId, one.shiftId, userId)) return one;
  return null;
}
