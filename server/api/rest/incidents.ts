import "server-only";
import { z } from "zod";
import * as inputs from "@/server/domain/incidents/incident";
import { attachTrip } from "@/server/services/incidents/attach-trip";
import { closeIncident } from "@/server/services/incidents/close-incident";
import { detachTrip } from "@/server/services/incidents/detach-trip";
import { getIncident } from "@/server/services/incidents/get-incident";
import { IncidentListInput, listIncidents } from "@/server/services/incidents/list-incidents";
import { openIncident } from "@/server/services/incidents/open-incident";
import { searchIncidents } from "@/server/services/incidents/search-incidents";
import { defineRoute, type Route } from "./kit/route";

const ById = z.object({ id: z.uuid() });
const IncidentPage = z.object({ items: z.array(inputs.Incident), nextCursor: z.string().nullable() });

export const incidentRoutes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/incidents",
    summary: "Incidents with their trips and units, newest first",
    permission: "incidents.read",
    query: IncidentListInput,
    response: IncidentPage,
    run: (ctx, { query }) => listIncidents(ctx, query),
  }),
  defineRoute({
    method: "POST",
    path: "/incidents",
    summary: "Open an incident, from a trip or before there is one",
    permission: "incidents.write",
    body: inputs.OpenIncidentInput,
    response: inputs.Incident,
    status: 201,
    run: (ctx, { body }) => openIncident(ctx, body),
  }),
  defineRoute({
    method: "POST",
    path: "/incidents/search",
    summary: "Find incidents by their number, or by that of a trip in them",
    permission: "incidents.read",
    body: inputs.IncidentSearchInput,
    response: IncidentPage,
    run: (ctx, { body }) => searchIncidents(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/incidents/{id}",
    summary: "One incident",
    permission: "incidents.read",
    params: ById,
    response: inputs.Incident,
    run: (ctx, { params }) => getIncident(ctx, params.id),
  }),
  defineRoute({
    method: "POST",
    path: "/incidents/{id}/attach",
    summary: "Put a trip into the incident",
    permission: "incidents.write",
    params: ById,
    body: inputs.IncidentTripBody,
    response: inputs.Incident,
    run: (ctx, { params, body }) => attachTrip(ctx, { ...body, incidentId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/incidents/{id}/detach",
    summary: "Take a trip out of the incident",
    permission: "incidents.write",
    params: ById,
    body: inputs.IncidentTripBody,
    response: inputs.Incident,
    run: (ctx, { params, body }) => detachTrip(ctx, { ...body, incidentId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/incidents/{id}/close",
    summary: "Close an incident whose trips are over",
    permission: "incidents.write",
    params: ById,
    body: inputs.CloseIncidentBody,
    response: inputs.Incident,
    run: (ctx, { params, body }) => closeIncident(ctx, { ...body, incidentId: params.id }),
  }),
];
