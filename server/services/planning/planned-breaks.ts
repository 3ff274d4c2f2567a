import "server-only";
import type { Tx } from "@/db/client";
import type { PlanUnitRow } from "@/db/queries/planning";
import { planningStops, planningUnitBase } from "@/db/queries/planning-day";
import { shiftById } from "@/db/queries/shifts";
import { insertStops } from "@/db/queries/stops";
import type { StopPlanned } from "@/server/domain/plans/stop-order";
import { newId } from "@/server/ids";

/** The stops of a plan for a locked shift; breaks that are not on its manifest yet are put there. */
export async function withBreaks(tx: Tx, agencyId: string, { shiftId, stops }: PlanUnitRow): Promise<StopPlanned[]> {
  const shift = await shiftById(tx, agencyId, shiftId);
  const base = await planningUnitBase(tx, agencyId, shiftId);
  const there = await planningStops(tx, agencyId, [shiftId]);
  const planned: StopPlanned[] = [];
  for (const { kind, tripId, stopId, breakId = null, at } of stops) {
    const known = breakId === null ? undefined : there.find((stop) => stop.breakId === breakId)?.id;
    const plain = { kind, tripId, stopId: known ?? stopId, at: new Date(at) };
    const wanted = shift?.breaks.find((one) => one.id === breakId && one.takenAt === null);
    if (!wanted || plain.stopId !== null) {
      planned.push(plain);
      continue;
    }
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
        plannedAt: plain.at,
      },
    ]);
    planned.push({ ...plain, stopId: id });
  }
  return planned;
}
