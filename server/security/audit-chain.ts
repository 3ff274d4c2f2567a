import "server-only";
import { createHash } from "node:crypto";

export type AuditFacts = {
  id: string;
  agencyId: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  entity: string;
  entityId: string | null;
  fields: string[];
  requestId: string | null;
};

/** The hash that seals a row: SHA-256 over the hash before it and the row's own facts in a fixed order. */
export function sealOf(previousHash: string, row: AuditFacts): string {
  const facts = [
    row.id,
    row.agencyId,
    row.at.toISOString(),
    row.actorKind,
    row.actorId,
    row.action,
    row.entity,
    row.entityId,
    row.fields,
    row.requestId,
  ];
  return createHash("sha256").update(previousHash).update(JSON.stringify(facts)).digest("base64url");
}
