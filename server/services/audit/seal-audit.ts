import "server-only";
import { insertSeals, lastSeal, unsealedAudit } from "@/db/queries/audit-seals";
import type { Ctx } from "@/server/context";
import { sealOf } from "@/server/security/audit-chain";
import { write } from "@/server/services/unit-of-work";

/** Rows younger than this wait: a longer transaction may still commit an older one. */
const SETTLED_MS = 60_000;
const BATCH = 1_000;

/**
 * Chains the hashes of audit rows that have settled, after the fact, so that an agency's writes are not one queue.
 * @returns how many rows were sealed
 */
export const sealAudit = (ctx: Ctx): Promise<number> =>
  write(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const last = await lastSeal(tx, agencyId);
    const rows = await unsealedAudit(tx, agencyId, new Date(ctx.now.getTime() - SETTLED_MS), BATCH);
    let { seq, hash } = last ?? { seq: 0, hash: "" };
    const seals = rows.map((row) => {
      hash = sealOf(hash, row);
      seq += 1;
      return { agencyId, seq, auditId: row.id, hash, sealedAt: ctx.now };
    });
    await insertSeals(tx, seals);
    return seals.length;
  });
