import "server-only";
import type { NewFacility as FacilityInsert } from "@/db/queries/facilities";
import { actorUserId, type Ctx } from "@/server/context";
import { USUAL_MODIFIER } from "@/server/domain/fleet/defaults";
import type { NewFacility } from "@/server/domain/fleet/facility";
import { searchText } from "@/server/domain/fleet/search-text";
import { newId } from "@/server/ids";

/** A new facility as it is stored: what was left out is what is usual for its kind. */
export const facilityRow = (ctx: Ctx, { lat, lon, ...given }: NewFacility): FacilityInsert => ({
  agencyId: ctx.actor.agencyId,
  id: newId(),
  ...given,
  search: facilitySearch(given),
  location: { lng: lon, lat },
  modifier: given.modifier === undefined ? USUAL_MODIFIER[given.kind] : given.modifier,
  createdBy: actorUserId(ctx.actor) ?? null,
});

export const facilitySearch = ({ name, address }: { name: string; address: string }) =>
  searchText(`${name} ${address}`);
