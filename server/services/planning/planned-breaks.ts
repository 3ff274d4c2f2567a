import "server-only";
import type { Tx } from "@/db/client";
import { type PlanUnitRow, setPlanUnitStops } from "@/db/queries/planning";
import { planningStops, planningUnitBase } from "@/db/queries/planning-day";
import { shiftById } from "@/db/queries/shifts";
import { insertStops } from "@/db/queries/stops";
import type { StopPlanned } from "@/server/domain/plans/stop-order";
import type { StoredStop } from "@/server/domain/plans/stored";
import { newId } from "@/server/ids";

/**
 * The stops of a plan for a locked shift; breaks that are not on its manifest yet are put there, and the plan knows them
 * by their stops from then on. A break that is taken or not planned any more falls away.
 */
export async function withBreaks(tx: Tx, agencyId: string, unit: PlanUnitRow): Promise<StopPlanned[]> {
  const { shiftId } = unit;
  const shift = await shiftById(tx, agencyId, shiftId);
  const base = await planningUnitBase(tx, agencyId, shiftId);
  const there = await planningStops(tx, agencyId, [shiftId]);
  const stops: StoredStop[] = [];
  for (const stop of unit.stops) {
    const { breakId = null, at } = stop;
    const known = breakId === null ? stop.stopId : (there.find((one) => one.breakId === breakId)?.id ?? stop.stopId);
    const wanted = shift?.breaks.find((one) => one.id === breakId && one.takenAt === null);
    if (breakId === null || known !== null) stops.push({ ...stop, stopId: known });
    if (!wanted || known !== null) continue;
    const id = newId();
    await insertStops(tx, [
      {
        agencyId,
        id,
        shiftId,
        seq: 0,
        kind: "break",
        breakId: wanted.id,
        dwellS: wanted.minutes * 60,
        location: wanted.at === "base" ? base : null,
        plannedAt: new Date(at),
      },
    ]);
    stops.push({ ...stop, stopId: id });
  }
  await setPlanUnitStops(tx, unit, stops);
  return stops.map(({ kind, tripId, stopId, at }) => ({ kind, tripId, stopId, at: new Date(at) }));
}
