import "server-only";
import type { Tx } from "@/db/client";
import { announceRevocation } from "@/db/queries/auth";
import { deleteLeases } from "@/db/queries/sessions";
import { clearAuthCache } from "@/server/auth/auth-cache";
import { endConnections } from "@/server/realtime/end-connections";
import type { UnitOfWork } from "@/server/services/unit-of-work";

/** Makes every process look again who may do what, at once here and within a moment elsewhere. */
export async function forgetCachedAccess(tx: Tx, uow: UnitOfWork): Promise<void> {
  await announceRevocation(tx);
  uow.afterCommit(clearAuthCache);
}

/** After a person's access changed: caches are cleared and their realtime connections end. */
export async function endAccess(tx: Tx, uow: UnitOfWork, agencyId: string, userId: string): Promise<void> {
  await forgetCachedAccess(tx, uow);
  await deleteLeases(tx, agencyId, [userId]);
  uow.afterCommit(() => endConnections(userId));
}
