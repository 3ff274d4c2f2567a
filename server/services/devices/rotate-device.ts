import "server-only";
import { deviceById, updateDevice } from "@/db/queries/devices";
import type { Ctx } from "@/server/context";
import { type Device, showDevice } from "@/server/domain/devices/device";
import { notFound } from "@/server/errors";
import { hashToken, newToken } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";
import { DEVICE_PREFIX } from "./create-device";
import { describePairing, type Pairing } from "./describe-pairing";

const OVERLAP_MS = 24 * 3_600_000;

/** Gives a device a new token; the one before it is accepted for another 24 hours, so that nobody goes dark meanwhile. */
export async function rotateDevice(ctx: Ctx, id: string): Promise<Device & Pairing> {
  const token = newToken(DEVICE_PREFIX);
  const after = await write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await deviceById(tx, agencyId, id);
    if (!before || before.deactivatedAt) throw notFound("device");
    const row = await updateDevice(
      tx,
      { agencyId, id, version: before.version },
      {
        tokenHash: hashToken(token),
        previousTokenHash: before.tokenHash,
        previousTokenUntil: new Date(ctx.now.getTime() + OVERLAP_MS),
      },
    );
    if (!row) throw notFound("device");
    uow.audit({ action: "device.rotate", entity: "device", entityId: id });
    return row;
  });
  return { ...showDevice(after, ctx.now), ...(await describePairing(after, token)) };
}
