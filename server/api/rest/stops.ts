import "server-only";
import { z } from "zod";
import { PlacesSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { ASSIGNMENT_STATUSES, STOP_KINDS } from "@/server/domain/trips/vocabulary";
import { getUnitManifest } from "@/server/services/units/get-unit-manifest";
import { lockStop } from "@/server/services/units/lock-stop";
import { StopLockBody } from "@/server/services/units/stop-lock";
import { unlockStop } from "@/server/services/units/unlock-stop";
import { defineRoute, type Route } from "./kit/route";

const shift = z.object({ id: z.uuid() });
const stop = z.object({ id: z.uuid(), stopId: z.uuid() });
const time = z.iso.datetime().nullable();

const Stop = z.object({
  id: z.uuid(),
  kind: z.enum(STOP_KINDS),
  tripId: z.uuid().nullable(),
  tripNumber: z.string().nullable(),
  facilityId: z.uuid().nullable(),
  plannedAt: time,
  etaAt: time,
  arrivedAt: time,
  locked: z.boolean(),
  /** Null at a rider's home for who may not see it. */
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  assignmentStatus: z.enum(ASSIGNMENT_STATUSES).nullable(),
  /** Who is aboard after it. */
  load: PlacesSchema.optional(),
});
const Manifest = z
  .object({ shiftId: z.uuid(), callSign: z.string(), manifestVersion: z.int(), stops: z.array(Stop) })
  .meta({ id: "Manifest" });

/** What a unit does next, and which of its stops are held where they are. */
export const stopRoutes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/shifts/{id}/stops",
    permission: "trips.dispatch",
    summary: "The stops a unit has still to make, in order",
    params: shift,
    response: Manifest,
    run: (ctx, { params }) => getUnitManifest(ctx, { shiftId: params.id }),
  }),
  defineRoute({
    method: "POST",
    path: "/shifts/{id}/stops/{stopId}/lock",
    permission: "trips.dispatch",
    summary: "Hold a stop where it is: nothing is put before it and nobody moves it",
    params: stop,
    body: StopLockBody,
    response: Manifest,
    run: (ctx, { params, body }) => lockStop(ctx, { shiftId: params.id, stopId: params.stopId, ...body }),
  }),
  defineRoute({
    method: "POST",
    path: "/shifts/{id}/stops/{stopId}/unlock",
    permission: "trips.dispatch",
    summary: "Let a stop be moved again",
    params: stop,
    body: StopLockBody,
    response: Manifest,
    run: (ctx, { params, body }) => unlockStop(ctx, { shiftId: params.id, stopId: params.stopId, ...body }),
  }),
];
