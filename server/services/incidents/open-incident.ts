import "server-only";
import { insertIncident } from "@/db/queries/incidents";
import { nextNumber } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import type { Incident, OpenIncidentInput } from "@/server/domain/incidents/incident";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { personOf, takeTrip } from "@/server/services/trips/trip-work";
import { write } from "@/server/services/unit-of-work";
import { announceIncident, groupTrip } from "./group-trip";
import { sealNotes, showIncident } from "./show-incidents";

/**
 * Opens an incident, from a trip that turns out to be part of something larger, or before there is a trip.
 * @throws AppError not_found for a foreign trip, conflict when the trip is part of an incident already
 */
export const openIncident = (ctx: Ctx, input: OpenIncidentInput): Promise<Incident> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const trip = input.tripId === undefined ? null : (await takeTrip(tx, ctx, input.tripId)).trip;
    if (trip && trip.incidentId !== null) {
      throw new AppError("conflict", "the trip is part of an incident already", [
        { path: "tripId", code: "in_incident", message: "the trip is part of an incident already" },
      ]);
    }
    const id = newId();
    const row = await insertIncident(tx, {
      agencyId,
      id,
      number: `I-${String(await nextNumber(tx, agencyId, "incident")).padStart(5, "0")}`,
      notesEnc: sealNotes(id, input.notes),
      createdAt: ctx.now,
      createdBy: personOf(ctx),
    });
    const fields = input.notes ? ["number", "notes"] : ["number"];
    uow.audit({ action: "incident.open", entity: "incident", entityId: id, fields });
    announceIncident(uow, row);
    if (trip) await groupTrip(tx, uow, ctx, trip, id);
    return showIncident(tx, ctx, row);
  });
