import "server-only";
import { deviceById, updateDevice } from "@/db/queries/devices";
import type { Ctx } from "@/server/context";
import { type Device, type DevicePatch, showDevice } from "@/server/domain/devices/device";
import { notFound, staleVersion } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { assertOwner, type Owner } from "./owner-of";

/** Changes a device: its label, whose it is, how its speeds are read. Naming one owner takes the other away. */
export const editDevice = (ctx: Ctx, id: string, { version, intervalS, ...change }: DevicePatch): Promise<Device> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await deviceById(tx, agencyId, id);
    if (!before || before.deactivatedAt) throw notFound("device");
    const owner = ownerAfter(before, change);
    await assertOwner(tx, agencyId, owner);
    const settings = intervalS === undefined ? before.settings : { ...before.settings, intervalS };
    const set = { ...change, ...owner, settings };
    const after = await updateDevice(tx, { agencyId, id, version }, set);
    if (!after) throw staleVersion(showDevice((await deviceById(tx, agencyId, id)) ?? before, ctx.now));
    const fields = [...Object.keys(change), ...(intervalS === undefined ? [] : ["intervalS"])];
    uow.audit({ action: "device.edit", entity: "device", entityId: id, fields });
    return showDevice(after, ctx.now);
  });

function ownerAfter(before: Owner, change: Pick<DevicePatch, "vehicleId" | "userId">): Owner {
  const { vehicleId, userId } = change;
  if (vehicleId && userId) return { vehicleId, userId };
  if (vehicleId) return { vehicleId, userId: null };
  if (userId) return { vehicleId: null, userId };
  return {
    vehicleId: vehicleId === undefined ? before.vehicleId : null,
    userId: userId === undefined ? before.userId : null,
  };
}
