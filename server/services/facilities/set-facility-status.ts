import "server-only";
import { facilityById, updateFacility } from "@/db/queries/facilities";
import type { Ctx } from "@/server/context";
import { type Facility, type FacilityStatusChange } from "@/server/domain/fleet/facility";
import { notFound, staleVersion } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { presentFacility } from "./present-facility";

/** Open, limited, divert or closed, as a facility tells the dispatcher. The reason goes when it is open again. */
export const setFacilityStatus = (ctx: Ctx, id: string, change: FacilityStatusChange): Promise<Facility> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await facilityById(tx, agencyId, id);
    if (!before || before.deactivatedAt) throw notFound("facility");
    const { status, reason, version } = change;
    const statusReason = status === "open" ? null : (reason ?? null);
    const after = await updateFacility(tx, { agencyId, id, version }, { status, statusReason });
    if (!after) throw staleVersion(presentFacility(ctx, (await facilityById(tx, agencyId, id)) ?? before));
    uow.audit({ action: "facility.status", entity: "facility", entityId: id, fields: ["status", "statusReason"] });
    return presentFacility(ctx, after);
  });
