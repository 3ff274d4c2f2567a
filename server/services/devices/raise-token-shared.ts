import "server-only";
import type { Db } from "@/db/client";
import type { Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { raiseException } from "@/server/services/exceptions/raise-exception";
import { write } from "@/server/services/unit-of-work";

/** Two apps use one device's token at once: a dispatcher must look, since one of them may sit in another vehicle. */
export async function raiseTokenShared(db: Db, device: { agencyId: string; id: string }, now: Date): Promise<void> {
  const actor = { kind: "system", agencyId: device.agencyId, name: "gps-ingest" } as const;
  const ctx: Ctx = { db, actor, now, requestId: newId() };
  const about = { kind: "token_shared", severity: "warning", subjectType: "device", subjectId: device.id } as const;
  await write(ctx, (tx, uow) => raiseException(ctx, tx, uow, { ...about, tripId: null, shiftId: null, detail: {} }));
}
