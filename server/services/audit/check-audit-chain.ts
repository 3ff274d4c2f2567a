import "server-only";
import { sealedAudit } from "@/db/queries/audit-seals";
import type { Ctx } from "@/server/context";
import { sealOf } from "@/server/security/audit-chain";
import { read, write } from "@/server/services/unit-of-work";

const BATCH = 1_000;

export type ChainState = {
  /** Rows whose seals fit. */
  checked: number;
  /** The number of the first seal that does not fit: its row was changed or removed. */
  brokenAt: number | null;
};

/** Recomputes an agency's chain from its beginning, a piece at a time: nothing is appended before what is there. */
export async function checkAuditChain(ctx: Ctx): Promise<ChainState> {
  let state = { checked: 0, hash: "" };
  for (;;) {
    const afterSeq = state.checked;
    const seals = await read(ctx, (tx) => sealedAudit(tx, ctx.actor.agencyId, { afterSeq, limit: BATCH }));
    for (const { row, seq, hash } of seals) {
      if (!row || seq !== state.checked + 1 || sealOf(state.hash, row) !== hash)
        return { checked: state.checked, brokenAt: state.checked + 1 };
      state = { checked: seq, hash };
    }
    if (seals.length < BATCH) return { checked: state.checked, brokenAt: null };
  }
}

/** Its code is all that a failed job keeps of it. */
export class AuditChainBroken extends Error {
  override name = "AuditChainBroken";
  readonly code = "audit_chain_broken";
}

/**
 * Checks an agency's chain for the daily job: a broken one is written to the log itself and fails the job, so that it
 * stands among the jobs that gave up, with their metric, until somebody looks.
 * @throws AuditChainBroken
 */
export async function assertAuditChain(ctx: Ctx): Promise<void> {
  const { brokenAt } = await checkAuditChain(ctx);
  if (brokenAt === null) return;
  await write(ctx, async (_, uow) =>
    uow.audit({
      action: "audit.chain_broken",
      entity: "agency",
      entityId: ctx.actor.agencyId,
      fields: [`${brokenAt}`],
    }),
  );
  throw new AuditChainBroken(`the audit chain does not fit at seal ${brokenAt}`);
}
