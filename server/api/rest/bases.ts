import "server-only";
import { z } from "zod";
import { Base, BasePatch, NewBase } from "@/server/domain/fleet/base";
import { createBase } from "@/server/services/bases/create-base";
import { deactivateBase } from "@/server/services/bases/deactivate-base";
import { editBase } from "@/server/services/bases/edit-base";
import { getBase } from "@/server/services/bases/get-base";
import { listBases } from "@/server/services/bases/list-bases";
import { PageInput } from "@/server/services/page";
import { defineRoute, type Route } from "./kit/route";

const id = z.object({ id: z.uuid() });

export const baseRoutes: Route[] = [
  defineRoute({
    method: "POST",
    path: "/bases",
    permission: "bases.write",
    summary: "Add a base",
    status: 201,
    body: NewBase,
    response: Base,
    run: (ctx, { body }) => createBase(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/bases",
    permission: "bases.read",
    summary: "Bases in use",
    query: PageInput,
    response: z.object({ items: z.array(Base), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listBases(ctx, query),
  }),
  defineRoute({
    method: "GET",
    path: "/bases/{id}",
    permission: "bases.read",
    summary: "One base",
    params: id,
    response: Base,
    run: (ctx, { params }) => getBase(ctx, params.id),
  }),
  defineRoute({
    method: "PATCH",
    path: "/bases/{id}",
    permission: "bases.write",
    summary: "Change a base",
    params: id,
    body: BasePatch,
    response: Base,
    run: (ctx, { params, body }) => editBase(ctx, params.id, body),
  }),
  defineRoute({
    method: "DELETE",
    path: "/bases/{id}",
    permission: "bases.write",
    summary: "Take a base out of use",
    status: 204,
    params: id,
    run: (ctx, { params }) => deactivateBase(ctx, params.id),
  }),
];
