import "server-only";
import { insertDevice } from "@/db/queries/devices";
import { actorUserId, type Ctx } from "@/server/context";
import { type Device, type NewDevice, showDevice } from "@/server/domain/devices/device";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";
import { describePairing, type Pairing } from "./describe-pairing";
import { assertOwner } from "./owner-of";

export const DEVICE_PREFIX = "rbd_";

/** Pairs a phone or tracker with a vehicle or a person. Its token is in the answer, and nowhere afterwards. */
export async function createDevice(ctx: Ctx, input: NewDevice): Promise<Device & Pairing> {
  const { label, vehicleId, userId, speedUnit, intervalS } = input;
  const token = newToken(DEVICE_PREFIX);
  const made = await write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const owner = { vehicleId: vehicleId ?? null, userId: userId ?? null };
    await assertOwner(tx, agencyId, owner);
    const row = await insertDevice(tx, {
      agencyId,
      id: newId(),
      label,
      ...owner,
      tokenHash: hashToken(token),
      speedUnit: speedUnit ?? "auto",
      settings: intervalS === undefined ? {} : { intervalS },
      createdBy: actorUserId(ctx.actor) ?? null,
    });
    uow.audit({ action: "device.create", entity: "device", entityId: row.id });
    return row;
  });
  return { ...showDevice(made, ctx.now), ...(await describePairing(made, token)) };
}
