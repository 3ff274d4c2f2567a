import "server-only";
import { z } from "zod";
import { NewShift, Shift, ShiftPatch, SignOn, SwapVehicle } from "@/server/domain/shifts/shift";
import { createShift } from "@/server/services/shifts/create-shift";
import { deactivateShift } from "@/server/services/shifts/deactivate-shift";
import { editShift } from "@/server/services/shifts/edit-shift";
import { getShift } from "@/server/services/shifts/get-shift";
import { ListShiftsInput, listShifts } from "@/server/services/shifts/list-shifts";
import { signOffShift } from "@/server/services/shifts/sign-off-shift";
import { signOnShift } from "@/server/services/shifts/sign-on-shift";
import { swapVehicle } from "@/server/services/shifts/swap-vehicle";
import { defineRoute, type Route } from "./kit/route";

const id = z.object({ id: z.uuid() });

const plan: Route[] = [
  defineRoute({
    method: "POST",
    path: "/shifts",
    permission: "shifts.write",
    summary: "Plan a vehicle and its crew for a period",
    status: 201,
    body: NewShift,
    response: Shift,
    run: (ctx, { body }) => createShift(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/shifts",
    permission: "shifts.read",
    summary: "Shifts that touch a period, by start; a crew sees its own",
    query: ListShiftsInput,
    response: z.object({ items: z.array(Shift), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listShifts(ctx, query),
  }),
  defineRoute({
    method: "GET",
    path: "/shifts/{id}",
    permission: "shifts.read",
    summary: "One shift",
    params: id,
    response: Shift,
    run: (ctx, { params }) => getShift(ctx, params.id),
  }),
  defineRoute({
    method: "PATCH",
    path: "/shifts/{id}",
    permission: "shifts.write",
    summary: "Change the plan of a shift, or the crew of a running one",
    params: id,
    body: ShiftPatch,
    response: Shift,
    run: (ctx, { params, body }) => editShift(ctx, params.id, body),
  }),
  defineRoute({
    method: "DELETE",
    path: "/shifts/{id}",
    permission: "shifts.write",
    summary: "Take a shift out of the plan",
    status: 204,
    params: id,
    run: (ctx, { params }) => deactivateShift(ctx, params.id),
  }),
];

const actions: Route[] = [
  defineRoute({
    method: "POST",
    path: "/shifts/{id}/sign-on",
    permission: "shifts.sign",
    summary: "The crew takes its truck; the odometer in the agency's unit of distance",
    params: id,
    body: SignOn,
    response: Shift,
    run: (ctx, { params, body }) => signOnShift(ctx, params.id, body),
  }),
  defineRoute({
    method: "POST",
    path: "/shifts/{id}/sign-off",
    permission: "shifts.sign",
    summary: "The crew gives its truck back; not with open trips",
    params: id,
    body: SignOn,
    response: Shift,
    run: (ctx, { params, body }) => signOffShift(ctx, params.id, body),
  }),
  defineRoute({
    method: "POST",
    path: "/shifts/{id}/swap-vehicle",
    permission: "shifts.write",
    summary: "Another truck: call sign and unfinished trips go along",
    params: id,
    body: SwapVehicle,
    response: Shift,
    run: (ctx, { params, body }) => swapVehicle(ctx, params.id, body),
  }),
];

export const shiftRoutes: Route[] = [...plan, ...actions];
