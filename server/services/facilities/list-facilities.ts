import "server-only";
import { z } from "zod";
import { listFacilityRows } from "@/db/queries/facilities";
import type { Ctx } from "@/server/context";
import { type Facility } from "@/server/domain/fleet/facility";
import { type Page, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { presentFacility } from "./present-facility";

/** Facilities in use, oldest first. */
export const listFacilities = (
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Facility>> =>
  read(ctx, async (tx) => {
    const afterId = parseCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await listFacilityRows(tx, ctx.actor.agencyId, { limit: limit + 1, afterId });
    return pageOf(rows, limit, { keyOf: ({ id }) => [id], show: (row) => presentFacility(ctx, row) });
  });
