import { and, desc, eq, gte, like, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { apiKeys, auditLog, users } from "@/db/schema";

export type AuditFilter = {
  /** The first part of an action: `user`, `trip`. */
  area?: string | undefined;
  actorId?: string | undefined;
  entityId?: string | undefined;
  /** From inclusive, to exclusive. */
  from?: Date | undefined;
  to?: Date | undefined;
};

/** The audit log, newest first, with the actors' names, behind `after`. */
export const listAuditRows = (
  tx: Tx,
  agencyId: string,
  filter: AuditFilter & { limit: number; after?: { at: Date; id: string } | undefined },
) => {
  const person = alias(users, "person");
  const { area, actorId, entityId, from, to, after, limit } = filter;
  const behind = after && or(lt(auditLog.at, after.at), and(eq(auditLog.at, after.at), lt(auditLog.id, after.id)));
  return tx
    .select({
      id: auditLog.id,
      at: auditLog.at,
      actorKind: auditLog.actorKind,
      actorId: auditLog.actorId,
      actorName: sql<string | null>`coalesce(${person.name}, ${apiKeys.name})`,
      action: auditLog.action,
      entity: auditLog.entity,
      entityId: auditLog.entityId,
      fields: auditLog.fields,
      requestId: auditLog.requestId,
    })
    .from(auditLog)
    .leftJoin(person, and(eq(person.agencyId, auditLog.agencyId), eq(person.id, auditLog.actorId)))
    .leftJoin(apiKeys, and(eq(apiKeys.agencyId, auditLog.agencyId), eq(apiKeys.id, auditLog.actorId)))
    .where(
      and(
        eq(auditLog.agencyId, agencyId),
        area === undefined ? undefined : like(auditLog.action, `${area}.%`),
        actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
        entityId === undefined ? undefined : eq(auditLog.entityId, entityId),
        from === undefined ? undefined : gte(auditLog.at, from),
        to === undefined ? undefined : lt(auditLog.at, to),
        behind,
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(limit);
};
