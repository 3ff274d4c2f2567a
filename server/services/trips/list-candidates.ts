import "server-only";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { assignmentsOf } from "@/db/queries/assignments";
import { type ManifestRow, manifestsOf } from "@/db/queries/stops";
import { type TripRow, tripById } from "@/db/queries/trips";
import { type UnitRow, unitsAt } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import {
  assignmentBlockers,
  BLOCKER_WORDS,
  OVERRIDABLE,
  type UnitToAssign,
} from "@/server/domain/dispatch/assignment-blockers";
import { DWELL_S } from "@/server/domain/dispatch/estimates";
import { type Candidate, type Ranked, rank } from "@/server/domain/dispatch/ranking";
import { supportBlockers } from "@/server/domain/dispatch/support-blockers";
import type { Travel } from "@/server/domain/dispatch/travel";
import { groupBy } from "@/server/domain/group-by";
import type { CandidatesView } from "@/server/domain/trips/board-view";
import type { AssignmentMode, AssignmentRole } from "@/server/domain/trips/vocabulary";
import { ageSeconds } from "@/server/domain/units/freshness";
import { notFound } from "@/server/errors";
import { routingFor } from "@/server/integrations/routing/engine";
import { read } from "@/server/services/unit-of-work";
import { supportsOf } from "./support-units";
import { pickupTimeOf, tripToAssign, unitToAssign } from "./unit-of-trip";

/** A pickup this near is sent to now; a later one is reserved, in milliseconds. */
const SOON_MS = 60 * 60_000;
const seconds = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 1000;
const plus = (at: Date, s: number) => new Date(at.getTime() + s * 1000);

type Asked = {
  tripId: string;
  mode?: AssignmentMode | undefined;
  /** Who could support it: the rider goes with another unit. */
  role?: AssignmentRole | undefined;
  /** Who could take over: that a unit has the trip stands in nobody's way, and that unit is left out. */
  instead?: boolean;
};

/** Every unit that could serve a trip, best first and explained; and the others, with all that stands in their way. */
export const listCandidates = (
  ctx: Ctx,
  { tripId, mode, role = "transport", instead }: Asked,
): Promise<CandidatesView> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const trip = await tripById(tx, agencyId, tripId);
    if (!trip) throw notFound("trip");
    const pickupAt = pickupTimeOf(trip, ctx.now);
    const how = mode ?? (pickupAt.getTime() - ctx.now.getTime() < SOON_MS ? "dispatch" : "reserve");
    const assignments = await assignmentsOf(tx, agencyId, tripId);
    const current = assignments.find((one) => one.id === trip.currentAssignmentId && one.current) ?? null;
    const all = await unitsAt(tx, agencyId, role === "transport" ? pickupAt : ctx.now);
    const units = instead ? all.filter(({ shift }) => shift.id !== current?.shiftId) : all;
    const ways = await waysToPickup(tx, ctx, trip, units);
    const asked = await tripToAssign(tx, trip, instead ? null : current, ctx.now);
    const onIt = [...(current ? [current] : []), ...supportsOf({ assignments })].map(({ shiftId }) => shiftId);
    const blockersOf = (unit: UnitToAssign) =>
      role === "transport"
        ? assignmentBlockers(asked, unit, how)
        : supportBlockers({ ...asked, pickupAt: ctx.now }, unit, onIt);
    const manifests = how === "aboard" ? await manifestsByShift(tx, agencyId, units) : new Map<string, ManifestRow[]>();
    const candidates = units.map((unit, i) => ({
      ...candidateOf(unit, ways[i] ?? null, trip, ctx.now),
      preferred: unit.crewUserIds.some((userId) => asked.preferredCrew.includes(userId)),
      blockers: blockersOf(unitToAssign(unit, manifests.get(unit.shift.id) ?? [], ctx.now)),
    }));
    return shown(rank(candidates, trip.level), trip, pickupAt, ctx.now);
  });

/** Who rides on these units, or will: only a ride that is shared is judged by them. */
const manifestsByShift = async (tx: Tx, agencyId: string, units: readonly UnitRow[]) =>
  groupBy(
    await manifestsOf(
      tx,
      agencyId,
      units.map(({ shift }) => shift.id),
    ),
    ({ stop }) => stop.shiftId,
  );

/** One travel time per unit, null where its place is unknown. */
async function waysToPickup(tx: Tx, { actor, now }: Ctx, trip: TripRow, units: UnitRow[]): Promise<(Travel | null)[]> {
  const { timeZone } = await agencyById(tx, actor.agencyId);
  const located = units.filter((unit) => unit.position !== null);
  const ways = located.map((unit) => ({
    from: unit.position?.location ?? trip.pickupLocation,
    to: trip.pickupLocation,
    at: now,
  }));
  const answers = await routingFor(timeZone).travel(ways);
  const byShift = new Map(located.map((unit, i) => [unit.shift.id, answers[i] ?? null]));
  return units.map((unit) => byShift.get(unit.shift.id) ?? null);
}

function candidateOf(
  unit: UnitRow,
  way: Travel | null,
  trip: TripRow,
  now: Date,
): Omit<Candidate, "blockers" | "preferred"> {
  const { shift, vehicle, position, tripsDone, lastClearedAt } = unit;
  const freeSince = lastClearedAt ? new Date(lastClearedAt) : shift.signedOnAt;
  const start = way ? plus(now, way.durationS) : null;
  const ready = start && trip.pickupAt && trip.pickupAt > start ? trip.pickupAt : start;
  const end = ready && plus(ready, (DWELL_S.pickup ?? 0) + (trip.durationS ?? 0) + (DWELL_S.dropoff ?? 0));
  return {
    shiftId: shift.id,
    vehicleId: shift.vehicleId,
    callSign: shift.callSign,
    levels: vehicle.levels,
    etaS: way?.durationS ?? null,
    distanceM: way?.distanceM ?? null,
    engine: way?.engine ?? null,
    positionAgeS: position === null ? null : ageSeconds(position, now),
    idleS: freeSince ? seconds(freeSince, now) : null,
    tripsDone,
    marginS: end ? seconds(end, shift.endsAt) : null,
  };
}

function shown({ items, rejected }: ReturnType<typeof rank>, trip: TripRow, pickupAt: Date, now: Date): CandidatesView {
  const arrival = ({ etaS }: Ranked) => (etaS === null ? null : plus(now, etaS));
  const dropoff = (at: Date | null) =>
    at && trip.durationS !== null ? plus(at > pickupAt ? at : pickupAt, (DWELL_S.pickup ?? 0) + trip.durationS) : null;
  return {
    items: items.map((one) => ({
      shiftId: one.shiftId,
      vehicleId: one.vehicleId,
      callSign: one.callSign,
      score: one.score,
      etaS: one.etaS,
      distanceM: one.distanceM,
      engine: one.engine,
      positionAgeS: one.positionAgeS,
      etaPickupAt: arrival(one),
      etaDropoffAt: dropoff(arrival(one)),
      reasons: one.reasons,
    })),
    rejected: rejected.map(({ shiftId, vehicleId, callSign, etaS, distanceM, engine, blockers }) => ({
      shiftId,
      vehicleId,
      callSign,
      etaS,
      distanceM,
      engine,
      blockers: blockers.map((code) => ({
        code,
        message: BLOCKER_WORDS[code],
        overridable: OVERRIDABLE.includes(code),
      })),
    })),
  };
}
