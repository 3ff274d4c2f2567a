import "server-only";
import { MyTripsInput } from "@/server/domain/trips/inputs";
import { myTrips } from "@/server/services/trips/my-trips";
import { AvailabilityView, SetAvailabilityInput, setAvailability } from "@/server/services/units/set-availability";
import { defineRoute, type Route } from "./kit/route";
import { TripPage } from "./trips";

export const meRoutes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/me/trips",
    summary: "The caller's trips of a day, and those it is doing now",
    permission: "trips.read",
    query: MyTripsInput,
    response: TripPage,
    run: (ctx, { query }) => myTrips(ctx, query),
  }),
  defineRoute({
    method: "PUT",
    path: "/me/availability",
    summary: "Sign the caller's shift on or off, or take a break",
    permission: "me.availability",
    body: SetAvailabilityInput,
    response: AvailabilityView,
    run: (ctx, { body }) => setAvailability(ctx, body),
  }),
];
