import "server-only";
import { type Db, inAgency, readInAgency, type Tx } from "@/db/client";
import { isLostConnection } from "@/db/lost-connection";
import { insertAudit } from "@/db/queries/audit";
import { insertOutbox, type OutboxRow } from "@/db/queries/outbox";
import { actorId, actorUserId, type Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { metrics } from "@/server/metrics";
import { publishOutbox } from "@/server/realtime/publish";
import { committedPosition } from "@/server/replicas";
import { readAtReplica } from "./read-at-replica";
import { sqlState } from "./sql-state";

/** What changed, for the audit log: names of fields, never their values. */
export type AuditEntry = { action: string; entity: string; entityId?: string | null; fields?: string[] };
/** An event for listeners: ids, versions and statuses only. */
export type Emission = { channel: string; name: string; payload: Record<string, unknown> };

export type UnitOfWork = {
  audit: (entry: AuditEntry) => void;
  emit: (event: Emission) => void;
  /** Runs after the commit, in order; for caches and connections. A failure is the caller's. */
  afterCommit: (run: () => Promise<void> | void) => void;
};

/** Serialization failure, deadlock, and a lock that one who holds others must not wait for. */
const RETRIED = new Set(["40001", "40P01", "55P03"]);
const MAX_TRIES = 8;
/** Two that met don't meet again at the same moment. */
const pause = (tries: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries));

const tenantOf = (ctx: Ctx) => ({
  agencyId: ctx.actor.agencyId,
  userId: actorUserId(ctx.actor),
  accountId: ctx.actor.kind === "user" ? ctx.actor.accountId : undefined,
});

/** A transaction of its own, or a savepoint of the one that spans the request. */
const transaction = <T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> =>
  counted(() => inAgency(ctx.spanning?.tx ?? ctx.db, tenantOf(ctx), work));

/** One transaction that only reads, behind the agency's wall: at a replica where the request allows it. */
export const read = <T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const { db, replica, spanning } = ctx;
  if (spanning) return transaction(ctx, work);
  const readAt = (place: Db) => counted(() => readInAgency(place, tenantOf(ctx), work));
  const atPrimary = () => againIfLost(() => readAt(db));
  return replica ? readAtReplica(replica, () => readAt(replica), atPrimary) : atPrimary();
};

/** A read whose connection broke changed nothing: it is done once more. A write is not: whether it was done is not known. */
async function againIfLost<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isLostConnection(error)) throw error;
    return run();
  }
}

/**
 * One transaction around a whole request: every `read` and `write` made with the Ctx handed to `work` is part of it, one
 * after the other, and what they do after their commit waits for its.
 */
export async function asOneTransaction<T>(ctx: Ctx, work: (tx: Tx, within: Ctx) => Promise<T>): Promise<T> {
  const afterCommit: (() => Promise<void> | void)[] = [];
  const result = await transaction(ctx, (tx) => work(tx, { ...ctx, spanning: { tx, afterCommit } }));
  for (const run of afterCommit) await run();
  return result;
}

/** Shows in the metrics that a transaction is under way. */
async function counted<T>(run: () => Promise<T>): Promise<T> {
  metrics().transactionsOpen.inc();
  try {
    return await run();
  } finally {
    metrics().transactionsOpen.dec();
  }
}

/**
 * One transaction that writes: the change, its audit rows and its events are stored together or not at all, and are
 * published after the commit. What met another transaction is undone and tried again, so `work` must only touch the
 * database.
 */
export async function write<T>(ctx: Ctx, work: (tx: Tx, uow: UnitOfWork) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await writeOnce(ctx, work);
    } catch (error) {
      if (tries >= MAX_TRIES || !RETRIED.has(sqlState(error) ?? "")) throw error;
      await pause(tries);
    }
  }
}

async function writeOnce<T>(ctx: Ctx, work: (tx: Tx, uow: UnitOfWork) => Promise<T>): Promise<T> {
  const { agencyId } = ctx.actor;
  const audits: AuditEntry[] = [];
  const events: OutboxRow[] = [];
  const after: (() => Promise<void> | void)[] = [];
  const uow: UnitOfWork = {
    audit: (entry) => audits.push(entry),
    emit: (event) => events.push({ agencyId, id: newId(), ...event }),
    afterCommit: (run) => after.push(run),
  };
  const inOneTransaction = async (tx: Tx) => {
    const done = await work(tx, uow);
    const rows = audits.map((entry) => auditRow(ctx, entry));
    await Promise.all([insertAudit(tx, rows), insertOutbox(tx, events)]);
    return done;
  };
  const result = await transaction(ctx, inOneTransaction);
  // Not awaited: the change is stored, and the outbox job sends what this push can't.
  after.push(() => void publishOutbox(ctx.db, agencyId, events));
  if (ctx.onCommitted) after.push(() => tellPosition(ctx));
  if (ctx.spanning) ctx.spanning.afterCommit.push(...after);
  else for (const run of after) await run();
  return result;
}

async function tellPosition(ctx: Ctx): Promise<void> {
  const position = await committedPosition(ctx.db);
  if (position !== null) ctx.onCommitted?.(position);
}

const auditRow = ({ actor, now, requestId }: Ctx, entry: AuditEntry) => ({
  agencyId: actor.agencyId,
  id: newId(),
  at: now,
  actorKind: actor.kind,
  actorId: actorId(actor),
  action: entry.action,
  entity: entry.entity,
  entityId: entry.entityId ?? null,
  fields: entry.fields ?? [],
  requestId,
});
