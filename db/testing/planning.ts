import * as schema from "@/db/schema";
import type { PlanFigures } from "@/server/domain/plans/figures-schema";
import { USUAL_SETTINGS } from "@/server/domain/plans/settings";
import { newId } from "@/server/ids";
import type { TestDatabase } from "./database";
import { minutesAfter, NOW } from "./factories";

const NONE: PlanFigures = { trips: 0, distanceM: 0, deadheadM: 0, lateS: 0, rideS: 0, overtimeS: 0, cost: 0 };

type Shift = { id: string; callSign: string; manifestVersion: number };
type Wanted = { trip: { id: string; version: number }; from?: Shift | null; to: Shift | null; atMin?: number };

/** A proposal of the day around `NOW` that waits for a decision: these trips go to these units, in this order. */
export async function aProposal(
  { owner }: TestDatabase,
  agencyId: string,
  wanted: Wanted[],
  row: Partial<typeof schema.plans.$inferInsert> = {},
) {
  const planId = newId();
  const [plan] = await owner
    .insert(schema.plans)
    .values({
      agencyId,
      id: planId,
      kind: "mid_day",
      state: "proposed",
      serviceDate: "2027-03-03",
      startsAt: NOW,
      endsAt: minutesAfter(NOW, 600),
      seed: 1,
      settings: USUAL_SETTINGS,
      startedAt: NOW,
      createdAt: NOW,
      ...row,
    })
    .returning();
  const shifts = new Map(wanted.flatMap(({ from, to }) => [from, to]).flatMap((one) => (one ? [[one.id, one]] : [])));
  for (const shift of shifts.values()) {
    const own = wanted.filter(({ to }) => to?.id === shift.id);
    const stop = (kind: "pickup" | "dropoff", { trip, atMin = 60 }: Wanted) => ({
      kind,
      tripId: trip.id,
      stopId: null,
      fixed: false,
      at: minutesAfter(NOW, atMin + (kind === "pickup" ? 0 : 30)).toISOString(),
    });
    await owner.insert(schema.planUnits).values({
      agencyId,
      id: newId(),
      planId,
      shiftId: shift.id,
      callSign: shift.callSign,
      manifestVersion: shift.manifestVersion,
      stops: own.flatMap((one) => [stop("pickup", one), stop("dropoff", one)]),
      before: NONE,
      after: { ...NONE, trips: own.length },
    });
  }
  for (const { trip, from = null, to, atMin = 60 } of wanted)
    await owner.insert(schema.planTrips).values({
      agencyId,
      id: newId(),
      planId,
      tripId: trip.id,
      tripVersion: trip.version,
      change: from === null ? (to === null ? "unserved" : "added") : to === null ? "removed" : "moved",
      fromShiftId: from?.id ?? null,
      toShiftId: to?.id ?? null,
      pickupAt: minutesAfter(NOW, atMin),
      dropoffAt: minutesAfter(NOW, atMin + 30),
    });
  if (!plan) throw new Error("the proposal was not stored");
  return plan;
}
