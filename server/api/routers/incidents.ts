import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import * as inputs from "@/server/domain/incidents/incident";
import { attachTrip } from "@/server/services/incidents/attach-trip";
import { closeIncident } from "@/server/services/incidents/close-incident";
import { detachTrip } from "@/server/services/incidents/detach-trip";
import { getIncident } from "@/server/services/incidents/get-incident";
import { IncidentListInput, listIncidents } from "@/server/services/incidents/list-incidents";
import { openIncident } from "@/server/services/incidents/open-incident";
import { searchIncidents } from "@/server/services/incidents/search-incidents";

/** Events that need several units or several riders. */
export const incidentsRouter = router({
  list: allowed("incidents.read")
    .input(IncidentListInput)
    .query(({ ctx, input }) => listIncidents(ctx, input)),
  search: allowed("incidents.read")
    .input(inputs.IncidentSearchInput)
    .query(({ ctx, input }) => searchIncidents(ctx, input)),
  get: allowed("incidents.read")
    .input(z.strictObject({ incidentId: z.uuid() }))
    .query(({ ctx, input }) => getIncident(ctx, input.incidentId)),
  open: allowed("incidents.write")
    .input(inputs.OpenIncidentInput)
    .mutation(({ ctx, input }) => openIncident(ctx, input)),
  attach: allowed("incidents.write")
    .input(inputs.IncidentTripInput)
    .mutation(({ ctx, input }) => attachTrip(ctx, input)),
  detach: allowed("incidents.write")
    .input(inputs.IncidentTripInput)
    .mutation(({ ctx, input }) => detachTrip(ctx, input)),
  close: allowed("incidents.write")
    .input(inputs.CloseIncidentInput)
    .mutation(({ ctx, input }) => closeIncident(ctx, input)),
});
