import "server-only";
import type { Tx } from "@/db/client";
import { refusing } from "@/db/constraint-errors";
import { insertTrip, type NewTrip, nextNumber, type TripRow, tripById } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import type { BookTripInput } from "@/server/domain/trips/inputs";
import { passengersOf } from "@/server/domain/trips/passengers";
import type { TripView } from "@/server/domain/trips/trip-view";
import { timeBooking } from "@/server/domain/trips/windows";
import { ruleBroken } from "@/server/errors";
import { newId } from "@/server/ids";
import { write } from "@/server/services/unit-of-work";
import { ownWay } from "./estimate-shift";
import { riderTokens, sealOfTrip } from "./patient-fields";
import { readBooking } from "./read-booking";
import type { ReadEnd } from "./read-end";
import { type RiderOfTrip, riderOf } from "./rider-of";
import { showTrip } from "./show-trips";
import { announce, personOf, recordEvent } from "./trip-work";

/** Takes a call: asap or at a time, for a rider who is known, new or unknown, with or without a drop-off yet. */
export const bookTrip = (ctx: Ctx, input: BookTripInput): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const row = await store(tx, ctx, input);
    await recordEvent(tx, ctx, row.id, { kind: "booked", status: "requested", data: { timing: row.timing } });
    uow.audit({ action: "trip.book", entity: "trip", entityId: row.id, fields: Object.keys(input) });
    announce(uow, ctx, row);
    return showTrip(tx, ctx, row);
  });

async function store(tx: Tx, ctx: Ctx, input: BookTripInput): Promise<TripRow> {
  const { agencyId } = ctx.actor;
  const booking = await readBooking(tx, ctx, input);
  const { pickup, dropoff } = booking;
  if (input.returnOf && !(await tripById(tx, agencyId, input.returnOf))) {
    throw ruleBroken("returnOf", "unknown", "there is no such trip");
  }
  const rider = await riderOf(tx, ctx, input);
  const way = await ownWay(tx, ctx, pickup.location, dropoff?.location ?? null, pickup.at);
  const id = newId();
  const row: NewTrip = {
    ...plainColumns(ctx, input),
    ...timeBooking(booking, ctx.now),
    ...placeColumns(id, pickup, dropoff),
    ...riderColumns(agencyId, id, rider),
    ...way,
    id,
    appointmentAt: booking.appointmentAt,
    number: `T-${String(await nextNumber(tx, agencyId, "trip")).padStart(5, "0")}`,
    notesEnc: sealOfTrip("notes", id, input.notes),
  };
  const taken = { path: "externalRef", code: "in_use", message: "another trip has this reference" };
  return refusing({ trips_external_ref: taken }, () => insertTrip(tx, row));
}

const plainColumns = (ctx: Ctx, input: BookTripInput) => ({
  agencyId: ctx.actor.agencyId,
  kind: input.kind,
  status: "requested" as const,
  level: input.level,
  lightsAndSiren: input.lightsAndSiren ?? false,
  needs: input.needs ?? [],
  passengers: passengersOf(input.kind, input.level, input.passengers),
  journeyId: input.journeyId ?? null,
  legNo: input.legNo ?? null,
  returnOf: input.returnOf ?? null,
  sameUnit: input.sameUnit ?? false,
  externalRef: input.externalRef ?? null,
  bookedAt: ctx.now,
  createdBy: personOf(ctx),
});

/** Who rides, encrypted, with the words to find the trip by. */
export const riderColumns = (agencyId: string, tripId: string, rider: RiderOfTrip) => ({
  riderId: rider.riderId,
  unknownRider: rider.unknownRider,
  riderNameEnc: sealOfTrip("riderName", tripId, rider.name),
  riderPhoneEnc: sealOfTrip("riderPhone", tripId, rider.phone),
  searchTokens: riderTokens(agencyId, rider.name, rider.phone),
});

export const pickupColumns = (tripId: string, end: ReadEnd) => ({
  pickupFacilityId: end.facilityId,
  pickupAddressEnc: sealOfTrip("pickupAddress", tripId, end.address),
  pickupZip: end.zip,
  pickupLocation: end.location,
  pickupNotesEnc: sealOfTrip("pickupNotes", tripId, end.notes),
  pickupAt: end.at,
  pickupEarliest: end.earliest,
  pickupLatest: end.latest,
});

export const dropoffColumns = (tripId: string, end: ReadEnd | null) => ({
  dropoffFacilityId: end?.facilityId ?? null,
  dropoffAddressEnc: sealOfTrip("dropoffAddress", tripId, end?.address),
  dropoffZip: end?.zip ?? null,
  dropoffLocation: end?.location ?? null,
  dropoffNotesEnc: sealOfTrip("dropoffNotes", tripId, end?.notes),
  dropoffAt: end?.at ?? null,
  dropoffEarliest: end?.earliest ?? null,
  dropoffLatest: end?.latest ?? null,
});

const placeColumns = (id: string, pickup: ReadEnd, dropoff: ReadEnd | null) => ({
  ...pickupColumns(id, pickup),
  ...dropoffColumns(id, dropoff),
});
