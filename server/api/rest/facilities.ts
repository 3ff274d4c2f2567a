import "server-only";
import { z } from "zod";
import { Facility, FacilityPatch, FacilityStatusChange, NewFacility } from "@/server/domain/fleet/facility";
import { createFacility } from "@/server/services/facilities/create-facility";
import { deactivateFacility } from "@/server/services/facilities/deactivate-facility";
import { editFacility } from "@/server/services/facilities/edit-facility";
import { getFacility } from "@/server/services/facilities/get-facility";
import { listFacilities } from "@/server/services/facilities/list-facilities";
import { setFacilityStatus } from "@/server/services/facilities/set-facility-status";
import { PageInput } from "@/server/services/page";
import { defineRoute, type Route } from "./kit/route";

const id = z.object({ id: z.uuid() });

export const facilityRoutes: Route[] = [
  defineRoute({
    method: "POST",
    path: "/facilities",
    permission: "facilities.write",
    summary: "Add a facility",
    status: 201,
    body: NewFacility,
    response: Facility,
    run: (ctx, { body }) => createFacility(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/facilities",
    permission: "facilities.read",
    summary: "Facilities in use",
    query: PageInput,
    response: z.object({ items: z.array(Facility), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listFacilities(ctx, query),
  }),
  defineRoute({
    method: "GET",
    path: "/facilities/{id}",
    permission: "facilities.read",
    summary: "One facility",
    params: id,
    response: Facility,
    run: (ctx, { params }) => getFacility(ctx, params.id),
  }),
  defineRoute({
    method: "PATCH",
    path: "/facilities/{id}",
    permission: "facilities.write",
    summary: "Change a facility",
    params: id,
    body: FacilityPatch,
    response: Facility,
    run: (ctx, { params, body }) => editFacility(ctx, params.id, body),
  }),
  defineRoute({
    method: "DELETE",
    path: "/facilities/{id}",
    permission: "facilities.write",
    summary: "Take a facility out of use",
    status: 204,
    params: id,
    run: (ctx, { params }) => deactivateFacility(ctx, params.id),
  }),
  defineRoute({
    method: "POST",
    path: "/facilities/{id}/status",
    permission: "facilities.status",
    summary: "Open, limited, divert or closed",
    params: id,
    body: FacilityStatusChange,
    response: Facility,
    run: (ctx, { params, body }) => setFacilityStatus(ctx, params.id, body),
  }),
];
