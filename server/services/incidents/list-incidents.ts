import "server-only";
import { z } from "zod";
import { listIncidentRows } from "@/db/queries/incidents";
import type { Ctx } from "@/server/context";
import { type Incident, IncidentStatusSchema } from "@/server/domain/incidents/incident";
import { type Page, PageInput, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { showIncidents } from "./show-incidents";

const Key = z.tuple([z.iso.datetime(), z.uuid()]);
/** `status` open leaves out those that are closed, and the other way round. */
export const IncidentListInput = PageInput.extend({ status: IncidentStatusSchema.default("any") });
type Input = z.infer<typeof IncidentListInput> & {
  /** Of the incident, or of a trip in it. */
  number?: string;
};

/** Incidents with their trips and units, newest first. */
export const listIncidents = (ctx: Ctx, { status, number, limit, cursor }: Input): Promise<Page<Incident>> =>
  read(ctx, async (tx) => {
    const key = parseCursor(cursor, Key);
    const rows = await listIncidentRows(tx, ctx.actor.agencyId, {
      closed: status === "any" ? undefined : status === "closed",
      number,
      before: key && { createdAt: new Date(key[0]), id: key[1] },
      limit: limit + 1,
    });
    const keyOf = ({ createdAt, id }: (typeof rows)[number]) => [createdAt.toISOString(), id];
    const page = pageOf(rows, limit, { keyOf, show: (row) => row });
    return { items: await showIncidents(tx, ctx, page.items), nextCursor: page.nextCursor };
  });
