import "server-only";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/server/context";
import type { FacilityPatch } from "@/server/domain/fleet/facility";
import { AppError } from "@/server/errors";
import { crewReasons } from "@/server/services/people/crew-reasons";

/** @throws AppError rule_broken for people of whom the agency knows nothing */
export async function assertCrewKnown(
  tx: Tx,
  { actor }: Ctx,
  { refusedCrew = [] }: Pick<FacilityPatch, "refusedCrew">,
): Promise<void> {
  const reasons = await crewReasons(tx, actor.agencyId, "refusedCrew", refusedCrew);
  if (reasons.length > 0) throw new AppError("rule_broken", "these people can't be refused", reasons);
}
