import "server-only";
import { refusing } from "@/db/constraint-errors";
import { insertFacilities } from "@/db/queries/facilities";
import type { Ctx } from "@/server/context";
import { type Facility, type NewFacility } from "@/server/domain/fleet/facility";
import { write } from "@/server/services/unit-of-work";
import { assertCrewKnown } from "./crew-known";
import { facilityRow } from "./facility-row";
import { presentFacility } from "./present-facility";
import { FACILITY_REFUSALS } from "./refusals";

/** Adds a hospital, nursing home, dialysis centre and so on. */
export const createFacility = (ctx: Ctx, input: NewFacility): Promise<Facility> =>
  write(ctx, async (tx, uow) => {
    await assertCrewKnown(tx, ctx, input);
    const [made] = await refusing(FACILITY_REFUSALS, () => insertFacilities(tx, [facilityRow(ctx, input)]));
    if (!made) throw new Error("insert gave no row");
    uow.audit({ action: "facility.create", entity: "facility", entityId: made.id });
    return presentFacility(ctx, made);
  });
