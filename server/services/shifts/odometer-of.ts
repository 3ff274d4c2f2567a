import "server-only";
import { agencyById } from "@/db/queries/agencies";
import type { Tx } from "@/db/types";
import { odometerM } from "@/server/domain/fleet/odometer";

/** A reading in the agency's unit as whole metres; null when there was none. */
export async function odometerOf(tx: Tx, agencyId: string, reading: number | undefined): Promise<number | null> {
  if (reading === undefined) return null;
  const agency = await agencyById(tx, agencyId);
  return odometerM(reading, agency?.distanceUnit ?? "mi");
}
