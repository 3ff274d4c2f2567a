import "server-only";
import { z } from "zod";
import { NearestAddress, NearestAddressInput, nearestAddress } from "@/server/services/places/nearest-address";
import { FoundPlace, SearchAddressesInput, searchAddresses } from "@/server/services/places/search-addresses";
import { defineRoute, type Route } from "./kit/route";

export const placeRoutes: Route[] = [
  defineRoute({
    method: "POST",
    path: "/places/search",
    permission: "places.search",
    summary: "Addresses, streets, crossings and facilities that answer what was typed",
    status: 200,
    body: SearchAddressesInput,
    response: z.object({ items: z.array(FoundPlace), nextCursor: z.null() }),
    run: async (ctx, { body }) => ({ items: await searchAddresses(ctx, body), nextCursor: null }),
  }),
  defineRoute({
    method: "POST",
    path: "/places/nearest",
    permission: "places.search",
    summary: "The address nearest to a point",
    status: 200,
    body: NearestAddressInput,
    response: z.object({ address: NearestAddress.nullable() }),
    run: async (ctx, { body }) => ({ address: await nearestAddress(ctx, body) }),
  }),
];
