import "server-only";
import type { Tx } from "@/db/client";
import { activeUserIds } from "@/db/queries/shifts";
import { type VehicleRow, vehicleToUse } from "@/db/queries/vehicles";
import { AppError, ruleBroken } from "@/server/errors";

/** The vehicle a shift is planned with. @throws AppError rule_broken naming the field */
export async function vehicleOf(tx: Tx, agencyId: string, vehicleId: string): Promise<VehicleRow> {
  const vehicle = await vehicleToUse(tx, agencyId, vehicleId);
  if (!vehicle || vehicle.deactivatedAt) throw ruleBroken("vehicleId", "unknown", "there is no such vehicle");
  return vehicle;
}

/** The people a shift is planned with, each once. @throws AppError rule_broken naming each that is not there */
export async function crewToPlan(tx: Tx, agencyId: string, crew: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(crew)];
  const active = await activeUserIds(tx, agencyId, wanted);
  const reasons = crew.flatMap((userId, i) =>
    active.includes(userId) ? [] : [{ path: `crew.${i}`, code: "unknown", message: "there is no such person" }],
  );
  if (reasons.length > 0) throw new AppError("rule_broken", "the crew names people who are not there", reasons);
  return wanted;
}
