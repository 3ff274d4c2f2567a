import "server-only";
import type { Tx } from "@/db/client";
import type { PlanUnitRow } from "@/db/queries/planning";
import { bumpManifest, lastSeq, type ManifestRow, manifestOf, orderStops, setStopPlans } from "@/db/queries/stops";
import { unitByShift } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import { routeFits, setUpsOf } from "@/server/domain/dispatch/capacity";
import { inPlanOrder, keyOf } from "@/server/domain/plans/stop-order";
import { isActive } from "@/server/domain/trips/vocabulary";
import { ruleBroken } from "@/server/errors";
import { aboardOf, routeOf } from "@/server/services/trips/unit-of-trip";
import { withBreaks } from "./planned-breaks";

const isFixed = ({ stop, assignmentStatus }: ManifestRow): boolean =>
  stop.arrivedAt !== null || stop.locked || (assignmentStatus !== null && isActive(assignmentStatus));

/**
 * Puts the stops of a locked shift into the order and times of a plan; those it does not know of go by their time.
 * @throws AppError rule_broken `places_full` when what was chosen of the plan does not fit together
 */
export async function orderLikePlan(tx: Tx, { actor }: Ctx, unit: PlanUnitRow): Promise<void> {
  const { agencyId } = actor;
  const planned = await withBreaks(tx, agencyId, unit);
  const rows = await manifestOf(tx, agencyId, unit.shiftId);
  const stops = rows.map((row) => ({
    id: row.stop.id,
    kind: row.stop.kind,
    tripId: row.stop.tripId,
    at: row.stop.etaAt ?? row.stop.plannedAt,
    fixed: isFixed(row),
  }));
  const order = inPlanOrder(stops, planned);
  await refuseOverfull(tx, agencyId, unit, rows, order);
  const due = new Map(planned.map((stop) => [stop.tripId === null ? stop.stopId : keyOf(stop), stop.at]));
  await setStopPlans(
    tx,
    agencyId,
    order.flatMap(({ id, kind, tripId, fixed }) => {
      const at = fixed ? undefined : due.get(tripId === null ? id : keyOf({ kind, tripId }));
      return at ? [{ id, plannedAt: at }] : [];
    }),
  );
  await orderStops(
    tx,
    agencyId,
    order.map(({ id }) => id),
    (await lastSeq(tx, agencyId, unit.shiftId)) + 10,
  );
  await bumpManifest(tx, agencyId, unit.shiftId);
}

async function refuseOverfull(
  tx: Tx,
  agencyId: string,
  { shiftId, callSign }: PlanUnitRow,
  rows: readonly ManifestRow[],
  order: readonly { id: string }[],
): Promise<void> {
  const unit = await unitByShift(tx, agencyId, shiftId);
  const byId = new Map(rows.map((row) => [row.stop.id, row]));
  const route = routeOf(order.flatMap(({ id }) => byId.get(id) ?? []));
  if (unit && !routeFits(route, setUpsOf(unit.vehicle), aboardOf(rows)))
    throw ruleBroken(`shiftIds.${shiftId}`, "places_full", `${callSign}: what was chosen does not fit together`);
}
