import "server-only";
import type { Tx } from "@/db/client";
import { type IncidentRow, lockIncident } from "@/db/queries/incidents";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { AppError, notFound } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { changeTrip, recordEvent } from "@/server/services/trips/trip-work";
import type { UnitOfWork } from "@/server/services/unit-of-work";

/**
 * An incident that may be changed, locked; its trips are locked before it.
 * @throws AppError not_found, rule_broken when it is closed
 */
export async function takeIncident(tx: Tx, { actor }: Ctx, id: string): Promise<IncidentRow> {
  const incident = await lockIncident(tx, actor.agencyId, id);
  if (!incident) throw notFound("incident");
  if (incident.closedAt === null) return incident;
  throw new AppError("rule_broken", "the incident is closed", [
    { path: "incidentId", code: "incident_closed", message: "the incident is closed" },
  ]);
}

/** Tells the agency's dispatchers that an incident changed. */
export const announceIncident = (uow: UnitOfWork, { agencyId, id, version, closedAt }: IncidentRow): void => {
  const status = closedAt === null ? "open" : "closed";
  uow.emit(agencyEvent(agencyId, "incident.changed", { incidentId: id, version, status }));
};

/** Puts a locked trip into an incident, or takes it out (null): with its event, audit row and announcement. */
export async function groupTrip(
  tx: Tx,
  uow: UnitOfWork,
  ctx: Ctx,
  trip: TripRow,
  incidentId: string | null,
): Promise<void> {
  await recordEvent(tx, ctx, trip.id, {
    kind: "edited",
    status: trip.status,
    data: { fields: ["incident"], incidentId, wasIncidentId: trip.incidentId },
  });
  const action = incidentId === null ? "trip.incident_detach" : "trip.incident_attach";
  await changeTrip(tx, uow, ctx, trip, { action, set: { incidentId } });
}
