import "server-only";
import { crewOf, lockPeople, type ShiftRow, signedOnElsewhere } from "@/db/queries/shifts";
import type { Tx } from "@/db/types";
import { AppError } from "@/server/errors";

/**
 * Nobody is on two trucks at once: a shift that runs over holds its people. They are locked, so that of two units that
 * sign on with one person at once the later one sees the other.
 * @throws AppError conflict naming who is held, and with which call sign
 */
export async function assertCrewFree(tx: Tx, { agencyId, id }: Pick<ShiftRow, "agencyId" | "id">): Promise<void> {
  const people = (await crewOf(tx, agencyId, [id])).map(({ userId }) => userId);
  await lockPeople(tx, agencyId, people);
  const reasons = (await signedOnElsewhere(tx, agencyId, id, people)).map(({ userId, callSign }) => ({
    path: `crew.${people.indexOf(userId)}`,
    code: "in_use",
    message: `still signed on with ${callSign}`,
  }));
  if (reasons.length > 0) throw new AppError("conflict", "somebody of the crew is still on another unit", reasons);
}
