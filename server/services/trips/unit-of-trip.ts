import "server-only";
import type { Tx } from "@/db/client";
import { type AssignmentRow, isInCrew } from "@/db/queries/assignments";
import { pairsOfRider, ridingRulesOf } from "@/db/queries/riding-rules";
import { lockShifts, type ShiftRow } from "@/db/queries/shifts";
import type { ManifestRow } from "@/db/queries/stops";
import type { TripRow } from "@/db/queries/trips";
import { shiftsOfVehicle, type UnitRow, unitByShift } from "@/db/queries/units";
import { vehicleById } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { Riding, TripToAssign, UnitToAssign } from "@/server/domain/dispatch/assignment-blockers";
import type { LoadStep } from "@/server/domain/dispatch/capacity";
import type { Places } from "@/server/domain/fleet/vocabulary";
import { shiftCovering } from "@/server/domain/shifts/cover";
import { NO_PLACES } from "@/server/domain/trips/passengers";
import { ageSeconds } from "@/server/domain/units/freshness";
import { AppError, ruleBroken } from "@/server/errors";

/** When a unit must be at the pickup: the time agreed, or now. */
export const pickupTimeOf = (trip: TripRow, now: Date): Date =>
  trip.pickupAt !== null && trip.pickupAt > now ? trip.pickupAt : now;

/** The trip as the assignment rules see it, with those of its rider and its places. */
export const tripToAssign = async (
  tx: Tx,
  trip: TripRow,
  current: AssignmentRow | null,
  now: Date,
): Promise<TripToAssign> => {
  const [rules, pairs] = await Promise.all([
    ridingRulesOf(tx, trip.agencyId, trip),
    trip.riderId === null ? [] : pairsOfRider(tx, trip.agencyId, trip.riderId),
  ]);
  const apart = pairs.filter(({ rule }) => rule === "apart");
  return {
    ...plainTrip(trip, current, now),
    preferredCrew: rules.preferredCrew,
    refusedCrew: rules.refusedCrew,
    mostAboard: rules.mostAboard,
    apartFrom: apart.map(({ riderId, otherId }) => (riderId === trip.riderId ? otherId : riderId)),
  };
};

const plainTrip = (trip: TripRow, current: AssignmentRow | null, now: Date) => ({
  id: trip.id,
  kind: trip.kind,
  status: trip.status,
  level: trip.level,
  priority: trip.priority,
  passengers: trip.passengers,
  needs: trip.needs,
  hasDropoff: trip.dropoffLocation !== null,
  pickupAt: pickupTimeOf(trip, now),
  current: current && { shiftId: current.shiftId, status: current.status, mode: current.mode },
});

/** Who is aboard now: riders whose drop-off is still to come while their pickup is done. */
export function aboardOf(rows: readonly ManifestRow[]): Places {
  const toPick = new Set(rows.filter(({ stop }) => stop.kind === "pickup").map(({ stop }) => stop.tripId));
  const riders = rows.filter(({ stop }) => stop.kind === "dropoff" && !toPick.has(stop.tripId));
  return riders.reduce(
    (sum, { passengers }) => ({
      ambulatory: sum.ambulatory + (passengers?.ambulatory ?? 0),
      wheelchair: sum.wheelchair + (passengers?.wheelchair ?? 0),
      stretcher: sum.stretcher + (passengers?.stretcher ?? 0),
    }),
    NO_PLACES,
  );
}

export const routeOf = (rows: readonly ManifestRow[]): LoadStep[] =>
  rows.map(({ stop, passengers }) => ({ tripId: stop.tripId, kind: stop.kind, riders: passengers ?? NO_PLACES }));

/** The unit as the assignment rules see it. */
export const unitToAssign = (
  { shift, vehicle, position, crewUserIds, activeTripIds }: UnitRow,
  manifest: readonly ManifestRow[],
  now: Date,
): UnitToAssign => ({
  shiftId: shift.id,
  startsAt: shift.startsAt,
  endsAt: shift.endsAt,
  signedOnAt: shift.signedOnAt,
  signedOffAt: shift.signedOffAt,
  state: shift.state,
  interruptible: shift.interruptible,
  crew: crewUserIds,
  vehicle: { ...vehicle, inService: vehicle.inService && vehicle.deactivatedAt === null },
  activeTripIds,
  positionAgeS: position === null ? null : ageSeconds(position, now),
  route: routeOf(manifest),
  aboard: aboardOf(manifest),
  riding: ridingOf(manifest),
});

/** Whose rides are still to be made or ended. */
const ridingOf = (manifest: readonly ManifestRow[]): Riding[] => [
  ...new Map(
    manifest.flatMap(({ stop, riding }) =>
      stop.tripId === null || (stop.kind !== "pickup" && stop.kind !== "dropoff")
        ? []
        : [[stop.tripId, { tripId: stop.tripId, riderId: riding?.id ?? null, mostAboard: riding?.mostAboard ?? null }]],
    ),
  ).values(),
];

export type UnitRef = { vehicleId?: string | undefined; shiftId?: string | undefined };

/**
 * The shift a request means, locked: the one named, or the named vehicle's that covers the pickup.
 * @param along - another shift to lock with it
 * @throws AppError rule_broken with `unknown` for a foreign id, `off_shift` when no shift of the vehicle covers it
 */
export async function takeShift(tx: Tx, ctx: Ctx, ref: UnitRef, pickupAt: Date, along?: string): Promise<ShiftRow> {
  const id = ref.shiftId ?? (await shiftMeant(tx, ctx, ref.vehicleId ?? "", pickupAt));
  const locked = await lockShifts(tx, ctx.actor.agencyId, along === undefined ? [id] : [id, along]);
  const shift = locked.find((one) => one.id === id);
  if (!shift || shift.deactivatedAt) throw ruleBroken("shiftId", "unknown", "there is no such shift");
  return shift;
}

async function shiftMeant(tx: Tx, { actor, now }: Ctx, vehicleId: string, pickupAt: Date): Promise<string> {
  const { agencyId } = actor;
  const vehicle = await vehicleById(tx, agencyId, vehicleId);
  if (!vehicle || vehicle.deactivatedAt) throw ruleBroken("vehicleId", "unknown", "there is no such vehicle");
  const meant = shiftCovering(await shiftsOfVehicle(tx, agencyId, vehicleId, pickupAt), pickupAt, now);
  if (meant) return meant.id;
  throw new AppError("rule_broken", "no shift of this vehicle covers the pickup", [
    { path: "vehicleId", code: "off_shift", message: "no shift of this vehicle covers the pickup" },
    ...(vehicle.inService
      ? []
      : [{ path: "vehicleId", code: "out_of_service", message: "the unit is out of service" }]),
  ]);
}

/** The unit of a locked shift. */
export async function unitOf(tx: Tx, agencyId: string, shiftId: string): Promise<UnitRow> {
  const unit = await unitByShift(tx, agencyId, shiftId);
  if (!unit) throw new Error("the locked shift has no unit");
  return unit;
}

/** @throws AppError forbidden when a crew acts on a trip that none of its shifts has */
export async function assertOwnTrip(tx: Tx, { actor }: Ctx, shiftId: string | null): Promise<void> {
  if (actor.kind !== "user" || actor.roles.some((role) => role === "admin" || role === "dispatcher")) return;
  if (shiftId !== null && (await isInCrew(tx, actor.agencyId, shiftId, actor.userId))) return;
  throw new AppError("forbidden", "not a trip of your shift");
}

/** The assignments of a trip that the caller's crew had or has. */
export async function ownAssignments(tx: Tx, { actor }: Ctx, assignments: AssignmentRow[]): Promise<AssignmentRow[]> {
  if (actor.kind !== "user") return [];
  const own: AssignmentRow[] = [];
  for (const one of assignments) {
    const inSnapshot = one.crewUserIds.includes(actor.userId);
    if (inSnapshot || (await isInCrew(tx, actor.agencyId, one.shiftId, actor.userId))) own.push(one);
  }
  return own;
}
