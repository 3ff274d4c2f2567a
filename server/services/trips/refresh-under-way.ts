import "server-only";
import { lockShift } from "@/db/queries/shifts";
import { shiftsUnderWay } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import { tripEvent } from "@/server/realtime/channels";
import { read, write } from "@/server/services/unit-of-work";
import { refreshEstimates } from "./estimate-shift";

/**
 * Works the estimates of every unit that is under way out again, from where it is now, and tells who follows a trip
 * when it has moved. One transaction per unit, so that nobody waits for all of them.
 * @returns how many trips' estimates moved
 */
export async function refreshUnderWay(ctx: Ctx): Promise<number> {
  const { agencyId } = ctx.actor;
  const units = await read(ctx, (tx) => shiftsUnderWay(tx, agencyId));
  let count = 0;
  for (const { shiftId, location } of units) {
    count += await write(ctx, async (tx, uow) => {
      await lockShift(tx, agencyId, shiftId);
      const moved = await refreshEstimates(tx, ctx, shiftId, location);
      for (const { tripId, channelEpoch, etaPickupAt, etaDropoffAt } of moved) {
        const payload = {
          tripId,
          etaPickupAt: etaPickupAt?.toISOString() ?? null,
          etaDropoffAt: etaDropoffAt?.toISOString() ?? null,
        };
        uow.emit(tripEvent({ id: tripId, channelEpoch }, "eta", payload));
      }
      return moved.length;
    });
  }
  return count;
}
