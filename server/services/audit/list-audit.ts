import "server-only";
import { z } from "zod";
import { listAuditRows } from "@/db/queries/audit-log";
import type { Ctx } from "@/server/context";
import { pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";

export const AuditQuery = z.strictObject({
  /** The first part of an action: `user`, `trip`. */
  area: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  actorId: z.uuid().optional(),
  entityId: z.uuid().optional(),
  /** From inclusive, to exclusive. */
  from: z.date().optional(),
  to: z.date().optional(),
  limit: z.int().min(1).max(1_000).default(200),
  cursor: z.string().max(300).optional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Who did what, newest first: names of fields, never their values. */
export const listAudit = (ctx: Ctx, { cursor, limit, ...filter }: AuditQuery) =>
  read(ctx, async (tx) => {
    const [at, id] = parseCursor(cursor, Cursor) ?? [];
    const after = at && id ? { at: new Date(at), id } : undefined;
    const rows = await listAuditRows(tx, ctx.actor.agencyId, { ...filter, limit: limit + 1, after });
    return pageOf(rows, limit, { keyOf: (row) => [row.at.toISOString(), row.id], show: (row) => row });
  });
