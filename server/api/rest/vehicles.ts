import "server-only";
import { z } from "zod";
import { NewVehicle, Vehicle, VehiclePatch } from "@/server/domain/fleet/vehicle";
import { PageInput } from "@/server/services/page";
import { createVehicle } from "@/server/services/vehicles/create-vehicle";
import { deactivateVehicle } from "@/server/services/vehicles/deactivate-vehicle";
import { editVehicle } from "@/server/services/vehicles/edit-vehicle";
import { getVehicle } from "@/server/services/vehicles/get-vehicle";
import { listVehicles } from "@/server/services/vehicles/list-vehicles";
import { defineRoute, type Route } from "./kit/route";

const id = z.object({ id: z.uuid() });

export const vehicleRoutes: Route[] = [
  defineRoute({
    method: "POST",
    path: "/vehicles",
    permission: "vehicles.write",
    summary: "Add a vehicle",
    status: 201,
    body: NewVehicle,
    response: Vehicle,
    run: (ctx, { body }) => createVehicle(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/vehicles",
    permission: "vehicles.read",
    summary: "The fleet: each vehicle with its current shift, availability and newest position",
    query: PageInput,
    response: z.object({ items: z.array(Vehicle), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listVehicles(ctx, query),
  }),
  defineRoute({
    method: "GET",
    path: "/vehicles/{id}",
    permission: "vehicles.read",
    summary: "One vehicle",
    params: id,
    response: Vehicle,
    run: (ctx, { params }) => getVehicle(ctx, params.id),
  }),
  defineRoute({
    method: "PATCH",
    path: "/vehicles/{id}",
    permission: "vehicles.write",
    summary: "Change a vehicle",
    params: id,
    body: VehiclePatch,
    response: Vehicle,
    run: (ctx, { params, body }) => editVehicle(ctx, params.id, body),
  }),
  defineRoute({
    method: "DELETE",
    path: "/vehicles/{id}",
    permission: "vehicles.write",
    summary: "Take a vehicle out of use",
    status: 204,
    params: id,
    run: (ctx, { params }) => deactivateVehicle(ctx, params.id),
  }),
];
