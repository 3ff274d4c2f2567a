import "server-only";
import type { Tx } from "@/db/client";
import { userIdsOf } from "@/db/queries/people";
import type { Reason } from "@/server/domain/reason";

/** People named by a rule, as far as they are not of this agency. */
export async function crewReasons(tx: Tx, agencyId: string, path: string, ids: readonly string[]): Promise<Reason[]> {
  if (ids.length === 0) return [];
  const known = await userIdsOf(tx, agencyId, [...ids]);
  return ids.flatMap((id, i) =>
    known.includes(id) ? [] : [{ path: `${path}.${i}`, code: "unknown", message: "there is no such person" }],
  );
}
