import "server-only";
import { devicesOfUser, insertDevice, updateDevice } from "@/db/queries/devices";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";

const LABEL = "Driver page";
const OVERLAP_MS = 24 * 3_600_000;

/**
 * Gives the phone of the person who asks a device token, which may append fixes and nothing else. A person has one such
 * device: another phone takes it over, the token before stays good for a day, so that fixes kept on the old one arrive.
 */
export const registerPhone = (ctx: Ctx): Promise<{ deviceId: string; token: string }> =>
  write(ctx, async (tx, uow) => {
    const { actor, now } = ctx;
    if (actor.kind !== "user") throw new AppError("forbidden", "for people only");
    const { agencyId, userId } = actor;
    const token = newToken("rbd_");
    const [known] = await devicesOfUser(tx, agencyId, userId, LABEL);
    if (known) {
      const previous = { previousTokenHash: known.tokenHash, previousTokenUntil: new Date(now.getTime() + OVERLAP_MS) };
      await updateDevice(tx, { agencyId, id: known.id }, { tokenHash: hashToken(token), ...previous });
      uow.audit({ action: "device.rotate", entity: "device", entityId: known.id });
      return { deviceId: known.id, token };
    }
    const id = newId();
    await insertDevice(tx, { agencyId, id, label: LABEL, userId, tokenHash: hashToken(token), app: "runboard-drive" });
    uow.audit({ action: "device.create", entity: "device", entityId: id });
    return { deviceId: id, token };
  });
