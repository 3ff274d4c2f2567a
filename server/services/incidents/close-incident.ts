import "server-only";
import { lockIncident, tripsOfIncidents, updateIncident } from "@/db/queries/incidents";
import type { Ctx } from "@/server/context";
import type { CloseIncidentInput, Incident } from "@/server/domain/incidents/incident";
import { AppError, notFound, staleVersion } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { announceIncident } from "./group-trip";
import { showIncident } from "./show-incidents";

/**
 * Closes an incident whose trips are all over. Closing it again changes nothing.
 * @throws AppError rule_broken with the number of each trip that is open, conflict when it was changed meanwhile
 */
export const closeIncident = (ctx: Ctx, { incidentId, version }: CloseIncidentInput): Promise<Incident> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const incident = await lockIncident(tx, agencyId, incidentId);
    if (!incident) throw notFound("incident");
    if (incident.closedAt !== null) return showIncident(tx, ctx, incident);
    if (version !== undefined && version !== incident.version) {
      throw staleVersion(await showIncident(tx, ctx, incident));
    }
    const open = (await tripsOfIncidents(tx, agencyId, [incidentId])).filter(({ closedAt }) => closedAt === null);
    if (open.length > 0) {
      const reasons = open.map(({ number, status }) => ({
        path: "trips",
        code: "trip_open",
        message: `${number} is ${status}`,
      }));
      throw new AppError("rule_broken", "trips of this incident are open", reasons);
    }
    const after = await updateIncident(tx, agencyId, incidentId, { closedAt: ctx.now });
    announceIncident(uow, after);
    uow.audit({ action: "incident.close", entity: "incident", entityId: incidentId, fields: ["closedAt"] });
    return showIncident(tx, ctx, after);
  });
