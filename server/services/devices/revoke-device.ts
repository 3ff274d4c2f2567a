import "server-only";
import { deviceById, updateDevice } from "@/db/queries/devices";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";

/** Ends a device: its tokens open nothing within five seconds, in every process. Once is as good as twice. */
export const revokeDevice = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    if (!(await deviceById(tx, agencyId, id))) throw notFound("device");
    const ended = { deactivatedAt: ctx.now, previousTokenHash: null, previousTokenUntil: null };
    if (!(await updateDevice(tx, { agencyId, id }, ended))) return;
    uow.audit({ action: "device.revoke", entity: "device", entityId: id });
  });
