import "server-only";
import { facilityById } from "@/db/queries/facilities";
import type { Ctx } from "@/server/context";
import { type Facility } from "@/server/domain/fleet/facility";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { presentFacility } from "./present-facility";

export const getFacility = (ctx: Ctx, id: string): Promise<Facility> =>
  read(ctx, async (tx) => {
    const row = await facilityById(tx, ctx.actor.agencyId, id);
    if (!row || row.deactivatedAt) throw notFound("facility");
    return presentFacility(ctx, row);
  });
