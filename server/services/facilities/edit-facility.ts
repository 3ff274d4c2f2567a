import "server-only";
import { refusing } from "@/db/constraint-errors";
import { facilityById, updateFacility } from "@/db/queries/facilities";
import type { Ctx } from "@/server/context";
import { type Facility, type FacilityPatch } from "@/server/domain/fleet/facility";
import { notFound, staleVersion } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { assertCrewKnown } from "./crew-known";
import { facilitySearch } from "./facility-row";
import { presentFacility } from "./present-facility";
import { FACILITY_REFUSALS } from "./refusals";

export const editFacility = (ctx: Ctx, id: string, { version, ...change }: FacilityPatch): Promise<Facility> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await facilityById(tx, agencyId, id);
    if (!before || before.deactivatedAt) throw notFound("facility");
    await assertCrewKnown(tx, ctx, change);
    const { lat, lon, ...rest } = change;
    const set = {
      ...rest,
      search: facilitySearch({ name: rest.name ?? before.name, address: rest.address ?? before.address }),
      location: { lat: lat ?? before.location.lat, lng: lon ?? before.location.lng },
    };
    const after = await refusing(FACILITY_REFUSALS, () => updateFacility(tx, { agencyId, id, version }, set));
    if (!after) throw staleVersion(presentFacility(ctx, (await facilityById(tx, agencyId, id)) ?? before));
    uow.audit({ action: "facility.edit", entity: "facility", entityId: id, fields: Object.keys(change) });
    return presentFacility(ctx, after);
  });
