import "server-only";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { AssignmentRow } from "@/db/queries/assignments";
import { manifestOf } from "@/db/queries/stops";
import type { NewTrip, TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { assignmentBlockers, blockerReasons } from "@/server/domain/dispatch/assignment-blockers";
import type { EditTripInput } from "@/server/domain/trips/inputs";
import { passengersOf } from "@/server/domain/trips/passengers";
import type { TripView } from "@/server/domain/trips/trip-view";
import { timeBooking } from "@/server/domain/trips/windows";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { dropoffColumns, pickupColumns, riderColumns } from "./book-trip";
import { ownWay } from "./estimate-shift";
import { openOfTrip, sealOfTrip } from "./patient-fields";
import { assertBookable } from "./read-booking";
import { type ReadEnd, readEnd } from "./read-end";
import { settleUnit } from "./release-unit";
import { replaceDropoff, replacePickup } from "./replace-dropoff";
import { riderOf } from "./rider-of";
import { lockUnitsOf, supportsOf } from "./support-units";
import { changeTrip, recordEvent, shownAfter, takeTrip } from "./trip-work";
import { tripToAssign, unitOf, unitToAssign } from "./unit-of-trip";

type Input = z.infer<typeof EditTripInput>;

/**
 * Changes an open trip. The promised window moves with a new time only when a reason is given.
 * @throws AppError conflict with the trip as it is when it was changed meanwhile, rule_broken when it is closed or the
 * unit that has it can't serve the change
 */
export const editTrip = (ctx: Ctx, input: Input): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    const { trip, current } = work;
    if (trip.closedAt) {
      throw new AppError("rule_broken", "a closed trip is not edited", [
        { path: "status", code: "trip_not_open", message: `the trip is ${trip.status}` },
      ]);
    }
    const set = {
      ...plainSet(trip, input),
      ...(await placeSet(tx, ctx, trip, input)),
      ...(await riderSet(tx, ctx, trip, input)),
    };
    const { tripId: _, version: __, reason: ___, ...changes } = input;
    const fields = Object.keys(changes);
    const supports = input.pickup ? supportsOf(work) : [];
    await lockUnitsOf(tx, ctx, [current?.current ? current : null, ...supports]);
    if (current?.current) await refuseUnfit(tx, ctx, { ...trip, ...set } as TripRow, current);
    await recordEvent(tx, ctx, trip.id, {
      kind: set.promisedPickupAt === undefined ? "edited" : "promised",
      status: trip.status,
      assignment: current,
      reason: input.reason,
      data: { fields, wasPromisedPickupAt: trip.promisedPickupAt?.toISOString() ?? null },
    });
    const after = await changeTrip(tx, uow, ctx, trip, { action: "trip.edit", set });
    if (current?.current) await followOnManifest(tx, ctx, after, current, input);
    for (const one of supports) await replacePickup(tx, ctx, after, one);
    for (const { shiftId } of current?.current ? [current, ...supports] : supports) {
      await settleUnit(tx, uow, ctx, shiftId);
    }
    return shownAfter(tx, ctx, trip.id);
  });

function plainSet(trip: TripRow, input: Input): Partial<NewTrip> {
  const { level, passengers, kind } = input;
  const seats = level || passengers || kind;
  return {
    ...(kind && { kind }),
    ...(level && { level }),
    ...(input.priority && { priority: input.priority }),
    ...(input.lightsAndSiren !== undefined && { lightsAndSiren: input.lightsAndSiren }),
    ...(input.needs && { needs: input.needs }),
    ...(seats && {
      passengers: passengersOf(kind ?? trip.kind, level ?? trip.level, passengers ?? keptSeats(trip, level)),
    }),
    ...(input.notes !== undefined && { notesEnc: sealOfTrip("notes", trip.id, input.notes) }),
    ...(input.journeyId !== undefined && { journeyId: input.journeyId }),
    ...(input.legNo !== undefined && { legNo: input.legNo }),
    ...(input.sameUnit !== undefined && { sameUnit: input.sameUnit }),
  };
}

/** A new level takes a place of its own kind; otherwise the seats stay. */
const keptSeats = (trip: TripRow, level: Input["level"]) =>
  level && level !== trip.level ? undefined : trip.passengers;

async function placeSet(tx: Tx, ctx: Ctx, trip: TripRow, input: Input): Promise<Partial<NewTrip>> {
  const pickup = input.pickup ? await readEnd(tx, ctx, "pickup", input.pickup) : null;
  const dropoff = input.dropoff ? await readEnd(tx, ctx, "dropoff", input.dropoff) : null;
  const appointmentAt = input.appointmentAt === undefined ? trip.appointmentAt : input.appointmentAt;
  if (!pickup && !dropoff && input.dropoff === undefined && input.appointmentAt === undefined && !input.timing)
    return {};
  const droppedAt =
    input.dropoff === null
      ? null
      : (dropoff ?? { at: trip.dropoffAt, earliest: trip.dropoffEarliest, latest: trip.dropoffLatest });
  const picked = pickup ?? { at: trip.pickupAt, earliest: trip.pickupEarliest, latest: trip.pickupLatest };
  const timing = input.timing ?? (pickup && !pickup.at && trip.timing === "fixed" ? "asap" : timingKept(trip, pickup));
  const booking = {
    timing,
    priority: input.priority ?? trip.priority,
    pickup: picked,
    dropoff: droppedAt,
    appointmentAt,
  };
  assertBookable(booking, ctx.now);
  const timed = timeBooking(booking, trip.bookedAt);
  const from = pickup?.location ?? trip.pickupLocation;
  const to = input.dropoff === null ? null : (dropoff?.location ?? trip.dropoffLocation);
  return {
    ...(pickup && pickupColumns(trip.id, pickup)),
    ...(input.dropoff !== undefined && dropoffColumns(trip.id, dropoff)),
    ...(await ownWay(tx, ctx, from, to, picked.at)),
    appointmentAt,
    timing: timed.timing,
    requestedAt: timed.requestedAt,
    ...(input.reason && { promisedPickupAt: timed.promisedPickupAt, promisedDropoffAt: timed.promisedDropoffAt }),
  };
}

/** An asap trip that is given a time becomes a fixed one. */
const timingKept = (trip: TripRow, pickup: ReadEnd | null) =>
  trip.timing === "asap" && pickup?.at ? "fixed" : trip.timing;

async function riderSet(tx: Tx, ctx: Ctx, trip: TripRow, input: Input): Promise<Partial<NewTrip>> {
  const { riderId, riderName, riderPhone, unknownRider } = input;
  if ([riderId, riderName, riderPhone, unknownRider].every((value) => value === undefined)) return {};
  const rider = await riderOf(tx, ctx, {
    riderId,
    riderName: riderName === undefined ? openOfTrip("riderName", trip.id, trip.riderNameEnc) : riderName,
    riderPhone: riderPhone === undefined ? openOfTrip("riderPhone", trip.id, trip.riderPhoneEnc) : riderPhone,
    unknownRider,
    level: input.level ?? trip.level,
  });
  return riderColumns(ctx.actor.agencyId, trip.id, rider);
}

/** The unit that has the trip must still be able to serve it. */
async function refuseUnfit(tx: Tx, ctx: Ctx, trip: TripRow, current: AssignmentRow): Promise<void> {
  if (current.overrideReason !== null) return;
  const { agencyId } = ctx.actor;
  const [unit, rows] = [await unitOf(tx, agencyId, current.shiftId), await manifestOf(tx, agencyId, current.shiftId)];
  const free = await tripToAssign(tx, { ...trip, status: "requested" }, null, ctx.now);
  const own = rows.filter(({ stop }) => stop.tripId !== trip.id);
  const blockers = assignmentBlockers(free, unitToAssign(unit, own, ctx.now), current.mode);
  const unfit = blockers.filter((blocker) => blocker === "level_unmet" || blocker === "places_full");
  if (unfit.length > 0)
    throw new AppError("rule_broken", "the unit that has the trip can't serve this", blockerReasons(unfit));
}

async function followOnManifest(tx: Tx, ctx: Ctx, trip: TripRow, current: AssignmentRow, input: Input): Promise<void> {
  if (input.pickup) await replacePickup(tx, ctx, trip, current);
  if (!input.dropoff && input.appointmentAt === undefined) return;
  await replaceDropoff(tx, ctx, trip, current, await manifestOf(tx, ctx.actor.agencyId, current.shiftId));
}
