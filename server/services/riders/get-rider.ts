import "server-only";
import { z } from "zod";
import { lastTripsOfRider, riderById } from "@/db/queries/riders";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { detailOf } from "./riding-rules";

export const GetRiderInput = z.strictObject({ id: z.uuid() });
const TRIPS_SHOWN = 5;

/** A rider and the last trips, so that a booking can be filled in from them. Audited. */
export const getRider = (ctx: Ctx, { id }: z.output<typeof GetRiderInput>) =>
  write(ctx, async (tx, uow) => {
    const row = await riderById(tx, ctx.actor.agencyId, id);
    if (!row) throw notFound("rider");
    uow.audit({ action: "rider.read", entity: "rider", entityId: id });
    return { ...(await detailOf(tx, row)), lastTrips: await lastTripsOfRider(tx, ctx.actor.agencyId, id, TRIPS_SHOWN) };
  });
