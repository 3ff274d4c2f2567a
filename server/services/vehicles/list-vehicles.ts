import "server-only";
import { z } from "zod";
import { listVehicleRows } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { type Page, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { showVehicles } from "./show-vehicles";

/** Vehicles of the fleet, oldest first, each with its current shift, availability and newest position. */
export const listVehicles = (
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Vehicle>> =>
  read(ctx, async (tx) => {
    const afterId = parseCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await listVehicleRows(tx, ctx.actor.agencyId, { limit: limit + 1, afterId });
    const page = pageOf(rows, limit, { keyOf: ({ id }) => [id], show: (row) => row });
    return { ...page, items: await showVehicles(tx, ctx, page.items) };
  });
