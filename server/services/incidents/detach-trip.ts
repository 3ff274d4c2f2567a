import "server-only";
import { updateIncident } from "@/db/queries/incidents";
import type { Ctx } from "@/server/context";
import type { Incident, IncidentTripInput } from "@/server/domain/incidents/incident";
import { takeTrip } from "@/server/services/trips/trip-work";
import { write } from "@/server/services/unit-of-work";
import { announceIncident, groupTrip, takeIncident } from "./group-trip";
import { showIncident } from "./show-incidents";

/**
 * Takes a trip out of an open incident. One that is not in it stays as it is.
 * @throws AppError not_found, rule_broken when the incident is closed
 */
export const detachTrip = (ctx: Ctx, { incidentId, tripId }: IncidentTripInput): Promise<Incident> =>
  write(ctx, async (tx, uow) => {
    const { trip } = await takeTrip(tx, ctx, tripId);
    const incident = await takeIncident(tx, ctx, incidentId);
    if (trip.incidentId !== incidentId) return showIncident(tx, ctx, incident);
    await groupTrip(tx, uow, ctx, trip, null);
    const after = await updateIncident(tx, ctx.actor.agencyId, incidentId, {});
    announceIncident(uow, after);
    uow.audit({ action: "incident.detach_trip", entity: "incident", entityId: incidentId, fields: ["trips"] });
    return showIncident(tx, ctx, after);
  });
