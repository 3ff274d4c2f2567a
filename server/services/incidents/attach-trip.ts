import "server-only";
import { updateIncident } from "@/db/queries/incidents";
import type { Ctx } from "@/server/context";
import type { Incident, IncidentTripInput } from "@/server/domain/incidents/incident";
import { takeTrip } from "@/server/services/trips/trip-work";
import { write } from "@/server/services/unit-of-work";
import { announceIncident, groupTrip, takeIncident } from "./group-trip";
import { showIncident } from "./show-incidents";

/**
 * Puts a trip into an open incident; from another one it moves. The same again changes nothing.
 * @throws AppError not_found, rule_broken when the incident is closed
 */
export const attachTrip = (ctx: Ctx, { incidentId, tripId }: IncidentTripInput): Promise<Incident> =>
  write(ctx, async (tx, uow) => {
    const { trip } = await takeTrip(tx, ctx, tripId);
    const incident = await takeIncident(tx, ctx, incidentId);
    if (trip.incidentId === incidentId) return showIncident(tx, ctx, incident);
    await groupTrip(tx, uow, ctx, trip, incidentId);
    const after = await updateIncident(tx, ctx.actor.agencyId, incidentId, {});
    announceIncident(uow, after);
    uow.audit({ action: "incident.attach_trip", entity: "incident", entityId: incidentId, fields: ["trips"] });
    return showIncident(tx, ctx, after);
  });
