import "server-only";
import { z } from "zod";
import { lockShift } from "@/db/queries/shifts";
import { bumpManifest, manifestOf, setStopLock } from "@/db/queries/stops";
import type { Ctx } from "@/server/context";
import type { ManifestView } from "@/server/domain/trips/board-view";
import { Version } from "@/server/domain/version";
import { notFound, staleVersion } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { showManifest } from "./get-unit-manifest";

export const StopLockBody = z.strictObject({ manifestVersion: Version.optional() }).meta({ id: "StopLock" });
export const StopLockInput = StopLockBody.extend({ shiftId: z.uuid(), stopId: z.uuid() });

/** Locks or unlocks a stop that a unit has still to make. The same again changes nothing. */
export const changeStopLock = (
  ctx: Ctx,
  input: z.infer<typeof StopLockInput>,
  locked: boolean,
): Promise<ManifestView> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const shift = await lockShift(tx, agencyId, input.shiftId);
    if (!shift || shift.deactivatedAt) throw notFound("shift");
    const found = (await manifestOf(tx, agencyId, shift.id)).find(({ stop }) => stop.id === input.stopId);
    if (!found) throw notFound("stop");
    if (found.stop.locked === locked) return showManifest(tx, ctx, shift);
    if (input.manifestVersion !== undefined && input.manifestVersion !== shift.manifestVersion)
      throw staleVersion(await showManifest(tx, ctx, shift));
    await setStopLock(tx, agencyId, input.stopId, locked);
    const manifestVersion = await bumpManifest(tx, agencyId, shift.id);
    uow.audit({
      action: locked ? "stop.lock" : "stop.unlock",
      entity: "stop",
      entityId: input.stopId,
      fields: ["locked"],
    });
    const { id: shiftId, vehicleId, version } = shift;
    uow.emit(agencyEvent(agencyId, "unit.changed", { vehicleId, shiftId, version }));
    return showManifest(tx, ctx, { ...shift, manifestVersion });
  });
