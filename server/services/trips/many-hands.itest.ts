import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, later } from "@/db/testing/dispatch";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { addSupport } from "./add-support";
import { assignTrip } from "./assign-trip";
import { cancelTrip } from "./cancel-trip";
import { correctEvent } from "./correct-event";
import { editTrip } from "./edit-trip";
import { recallTrip } from "./recall-trip";
import { reportStatus } from "./report-status";
import { swapUnit } from "./swap-unit";
import { unassignTrip } from "./unassign-trip";

const database = useTestDatabase();

/** The same dice for every run: a failure can be repeated. */
function diceOf(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const MODES = ["reserve", "dispatch", "stack", "aboard"] as const;
const STATUSES = ["acknowledged", "EN_ROUTE", "ARRIVED", "IN_PROGRESS", "at_dropoff", "COMPLETED", "NO_SHOW"] as const;

/** What must hold whatever people do: each row is a trip or unit for which it does not. */
const BROKEN = {
  "a trip says what its unit says": `select t.id from trips t left join assignments a on a.id = t.current_assignment_id and a.current
    where (t.closed_at is null and t.status <> coalesce(a.status, 'requested')) or (t.status = 'completed' and a.status <> 'completed')`,
  "a closed trip is closed once and for all": `select id from trips where (closed_at is not null) <> (status in ('completed', 'cancelled', 'no_show', 'not_transported'))`,
  "clocks ascend": `select id from assignments where not (
    coalesce(dispatched_at, '-infinity') <= coalesce(acknowledged_at, 'infinity') and coalesce(acknowledged_at, '-infinity') <= coalesce(en_route_at, 'infinity')
    and coalesce(en_route_at, '-infinity') <= coalesce(at_pickup_at, 'infinity') and coalesce(at_pickup_at, '-infinity') <= coalesce(loaded_at, 'infinity')
    and coalesce(loaded_at, '-infinity') <= coalesce(at_dropoff_at, 'infinity') and coalesce(at_dropoff_at, '-infinity') <= coalesce(completed_at, 'infinity'))`,
  "an open trip with a unit is on its manifest once, pickup first": `select a.id from assignments a left join stops s on s.assignment_id = a.id and s.removed_at is null
    where a.role = 'transport' and a.current and a.status <> 'completed' group by a.id
    having count(*) filter (where s.kind = 'pickup') <> 1 or count(*) filter (where s.kind = 'dropoff') <> 1
      or min(s.seq) filter (where s.kind = 'dropoff') <= min(s.seq) filter (where s.kind = 'pickup')`,
  "a unit that supports a trip has its scene on its manifest once": `select a.id from assignments a left join stops s on s.assignment_id = a.id and s.removed_at is null
    where a.role <> 'transport' and a.current and a.status <> 'completed' group by a.id
    having count(*) filter (where s.kind = 'wait') <> 1 or count(s.id) <> 1`,
  "nothing supports a closed trip, and nobody supports what it carries": `select a.id from assignments a join trips t on t.id = a.trip_id
    where a.role <> 'transport' and a.current and a.status <> 'completed' and (t.closed_at is not null or exists
      (select 1 from assignments o where o.id = t.current_assignment_id and o.current and o.shift_id = a.shift_id))`,
  "a trip that left a unit is off its manifest": `select s.id from stops s join assignments a on a.id = s.assignment_id
    where s.removed_at is null and s.departed_at is null and (not a.current or a.status = 'completed')`,
  "a unit is told of one trip at a time, shared rides aside": `select shift_id as id from assignments
    where current and mode <> 'aboard' and status in ('dispatched', 'acknowledged', 'en_route', 'at_pickup', 'loaded', 'at_dropoff')
    group by shift_id having count(*) > 1`,
  "every change of a trip has its event": `select t.id from trips t where t.version > 1 + (select count(*) from trip_events e where e.trip_id = t.id)`,
};

test("many hands at once leave every trip and manifest whole, and every refusal is one that was meant", async () => {
  const { dispatcher, units } = await aDispatch(database, 3);
  const trips = await Promise.all(Array.from({ length: 6 }, () => aCall(dispatcher)));
  const dice = diceOf(20_270_303);
  const unit = () => units[dice(units.length)] ?? units[0];
  const act = (round: number): Promise<unknown> => {
    const tripId = trips[trips.length - 1 - dice(6)]?.id ?? "";
    const ctx: Ctx = later(dispatcher, round);
    const shiftId = unit()?.shift.id ?? "";
    const verbs = [
      () => assignTrip(ctx, { tripId, shiftId, mode: MODES[dice(4)] ?? "dispatch" }),
      () => assignTrip(ctx, { tripId, shiftId, mode: "dispatch" }),
      () =>
        reportStatus(
          { ...ctx, actor: unit()?.crew.actor ?? ctx.actor },
          { tripId, status: STATUSES[dice(7)] ?? "EN_ROUTE" },
        ),
      () => reportStatus(ctx, { tripId, status: STATUSES[dice(6)] ?? "EN_ROUTE" }),
      () => addSupport(ctx, { tripId, shiftId, role: "assist" }),
      () => swapUnit(ctx, { tripId, shiftId, reason: "test" }),
      () => unassignTrip(ctx, { tripId }),
      () => recallTrip(ctx, { tripId }),
      () => correctEvent(ctx, { tripId, event: STATUSES[dice(7)] ?? "EN_ROUTE", reason: "test" }),
      () => editTrip(ctx, { tripId, version: 1 + dice(6), needs: ["oxygen"] }),
      () => (dice(4) === 0 ? cancelTrip(ctx, { tripId, reason: "test" }) : recallTrip(ctx, { tripId })),
    ];
    return (verbs[dice(verbs.length)] ?? verbs[0] ?? (() => Promise.resolve()))();
  };
  let done = 0;
  for (let round = 0; round < 60; round++) {
    if (round % 3 === 0) trips.push(await aCall(later(dispatcher, round)));
    const settled = await Promise.allSettled([act(round), act(round), act(round), act(round)]);
    for (const one of settled) {
      if (one.status === "fulfilled") done += 1;
      else if (!(one.reason instanceof AppError)) throw one.reason;
    }
    for (const [claim, query] of Object.entries(BROKEN)) {
      expect(await database.sql.unsafe(query), `${claim}, round ${round}`).toEqual([]);
    }
  }
  expect(done).toBeGreaterThan(40);
}, 60_000);
