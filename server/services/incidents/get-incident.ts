import "server-only";
import { incidentById } from "@/db/queries/incidents";
import type { Ctx } from "@/server/context";
import type { Incident } from "@/server/domain/incidents/incident";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { showIncident } from "./show-incidents";

/** One incident with its trips and units. @throws AppError not_found */
export const getIncident = (ctx: Ctx, incidentId: string): Promise<Incident> =>
  read(ctx, async (tx) => {
    const row = await incidentById(tx, ctx.actor.agencyId, incidentId);
    if (!row) throw notFound("incident");
    return showIncident(tx, ctx, row);
  });
