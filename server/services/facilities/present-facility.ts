import type { FacilityRow } from "@/db/queries/facilities";
import { type Ctx, hasRole } from "@/server/context";
import { type Facility, showFacility } from "@/server/domain/fleet/facility";

/** A facility as this caller may see it. */
export const presentFacility = ({ actor }: Ctx, row: FacilityRow): Facility =>
  showFacility(row, hasRole(actor, "admin", "dispatcher"));
