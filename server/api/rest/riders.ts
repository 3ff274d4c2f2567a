import "server-only";
import { z } from "zod";
import { CreateRiderInput, createRider } from "@/server/services/riders/create-rider";
import { EditRiderInput, editRider } from "@/server/services/riders/edit-rider";
import { getRider } from "@/server/services/riders/get-rider";
import { RiderDetail, RiderView } from "@/server/services/riders/rider-fields";
import { SearchRidersInput, searchRiders } from "@/server/services/riders/search-riders";
import { defineRoute, type Route } from "./kit/route";

const ById = z.object({ id: z.uuid() });

/** Riders and how they ride. Names are asked for in a body: an address is written into logs. */
export const riderRoutes: Route[] = [
  defineRoute({
    method: "POST",
    path: "/riders",
    permission: "riders.write",
    summary: "Keep a rider, with the rules of riding",
    status: 201,
    body: CreateRiderInput.meta({ id: "NewRider" }),
    response: RiderDetail,
    run: (ctx, { body }) => createRider(ctx, body),
  }),
  defineRoute({
    method: "POST",
    path: "/riders/search",
    permission: "riders.read",
    summary: "Find riders by the beginnings of their names or by a whole phone number",
    body: SearchRidersInput.meta({ id: "RiderSearch" }),
    response: z.object({ items: z.array(RiderView) }),
    run: async (ctx, { body }) => ({ items: await searchRiders(ctx, body) }),
  }),
  defineRoute({
    method: "GET",
    path: "/riders/{id}",
    permission: "riders.read",
    summary: "One rider: where they live, what they need, with whom they ride",
    params: ById,
    response: RiderDetail,
    run: async (ctx, { params }) => {
      const { lastTrips: _, ...rider } = await getRider(ctx, params);
      return rider;
    },
  }),
  defineRoute({
    method: "PATCH",
    path: "/riders/{id}",
    permission: "riders.write",
    summary: "Change a rider; pairs and lists of people are replaced as a whole",
    params: ById,
    body: EditRiderInput.omit({ id: true }).meta({ id: "RiderPatch" }),
    response: RiderDetail,
    run: (ctx, { params, body }) => editRider(ctx, { ...body, id: params.id }),
  }),
];
