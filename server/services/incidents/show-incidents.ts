import "server-only";
import type { Tx } from "@/db/client";
import { type IncidentRow, tripsOfIncidents, type UnitOfIncident, unitsOfIncidents } from "@/db/queries/incidents";
import type { Ctx } from "@/server/context";
import { groupBy } from "@/server/domain/group-by";
import type { Incident } from "@/server/domain/incidents/incident";
import { open, seal } from "@/server/security/keys";
import { riderVisibilityOfRole } from "@/server/services/trips/present-trip";

const notesPlace = (rowId: string) => ({ table: "incidents", column: "notes_enc", rowId });

/** Encrypts what a person typed about an incident: it may name a patient. */
export const sealNotes = (incidentId: string, notes: string | null | undefined) => seal(notesPlace(incidentId), notes);

/** Incidents as this caller may see them, in their order, with their trips and the units on those now. */
export async function showIncidents(tx: Tx, { actor }: Ctx, rows: readonly IncidentRow[]): Promise<Incident[]> {
  const ids = rows.map(({ id }) => id);
  const [trips, units] = [
    await tripsOfIncidents(tx, actor.agencyId, ids),
    await unitsOfIncidents(tx, actor.agencyId, ids),
  ];
  const tripsOf = groupBy(trips, ({ incidentId }) => incidentId);
  const unitsOf = groupBy(units, ({ incidentId }) => incidentId);
  const sees = riderVisibilityOfRole(actor) === "full";
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    version: row.version,
    ...(sees && { notes: open(notesPlace(row.id), row.notesEnc) }),
    openedAt: row.createdAt,
    closedAt: row.closedAt,
    trips: (tripsOf.get(row.id) ?? []).map(({ id, number, status, priority }) => ({ id, number, status, priority })),
    units: (unitsOf.get(row.id) ?? []).map(asUnit),
  }));
}

const asUnit = ({
  tripId,
  assignmentId,
  shiftId,
  callSign,
  role,
  status,
}: UnitOfIncident): Incident["units"][number] => ({
  tripId,
  assignmentId,
  shiftId,
  callSign,
  role,
  status,
});

export async function showIncident(tx: Tx, ctx: Ctx, row: IncidentRow): Promise<Incident> {
  const [shown] = await showIncidents(tx, ctx, [row]);
  if (!shown) throw new Error("the incident was not shown");
  return shown;
}
