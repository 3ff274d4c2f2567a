import "server-only";
import { devicesOfUser, insertDevice, updateDevice } from "@/db/queries/devices";
import { actorUserId, type Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";
import { DEVICE_PREFIX } from "./create-device";

const LABEL = "Driver web app";
const KEPT = 3;

/**
 * A token for the browser of the person who asks, so that the driver's page can send fixes like any other device. The
 * newest three stay; a person does not drive with more.
 * @returns the token; it is nowhere afterwards
 */
export const pairOwnPhone = (ctx: Ctx): Promise<{ deviceId: string; token: string }> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const userId = actorUserId(ctx.actor);
    if (!userId) throw new AppError("forbidden", "only a person has a phone");
    const token = newToken(DEVICE_PREFIX);
    const made = await insertDevice(tx, {
      agencyId,
      id: newId(),
      label: LABEL,
      userId,
      tokenHash: hashToken(token),
      createdBy: userId,
    });
    const known = await devicesOfUser(tx, agencyId, userId, LABEL);
    for (const old of known.slice(KEPT)) await updateDevice(tx, { agencyId, id: old.id }, { deactivatedAt: ctx.now });
    uow.audit({ action: "device.create", entity: "device", entityId: made.id });
    return { deviceId: made.id, token };
  });
