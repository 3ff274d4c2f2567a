import "server-only";
import type { Tx } from "@/db/client";
import { userById } from "@/db/queries/people";
import { vehicleById } from "@/db/queries/vehicles";
import { ownerReason } from "@/server/domain/devices/device";
import { AppError, ruleBroken } from "@/server/errors";

export type Owner = { vehicleId: string | null; userId: string | null };

/**
 * A device belongs to one active vehicle or person of its agency.
 * @throws AppError rule_broken, naming the field
 */
export async function assertOwner(tx: Tx, agencyId: string, owner: Owner): Promise<void> {
  const reason = ownerReason(owner);
  if (reason) throw new AppError("rule_broken", reason.message, [reason]);
  const { vehicleId, userId } = owner;
  const vehicle = vehicleId ? await vehicleById(tx, agencyId, vehicleId) : null;
  if (vehicleId && (!vehicle || vehicle.deactivatedAt)) {
    throw ruleBroken("vehicleId", "unknown", "there is no such vehicle");
  }
  const user = userId ? await userById(tx, agencyId, userId) : null;
  if (userId && (!user || user.deactivatedAt)) throw ruleBroken("userId", "unknown", "there is no such person");
}
