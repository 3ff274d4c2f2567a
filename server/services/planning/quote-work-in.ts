import "server-only";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { type PlanningTripRow, planningUnits } from "@/db/queries/planning-day";
import { pairsOfAgency, ridingRulesOf } from "@/db/queries/riding-rules";
import type { Ctx } from "@/server/context";
import { unitBars } from "@/server/domain/planning/unit-rules";
import type { QuoteInput, QuoteView } from "@/server/domain/plans/quote";
import { agencyDay, dayAt } from "@/server/domain/shifts/agency-day";
import { passengersOf } from "@/server/domain/trips/passengers";
import { timeBooking } from "@/server/domain/trips/windows";
import { newId } from "@/server/ids";
import { routingFor } from "@/server/integrations/routing/engine";
import { ownWay } from "@/server/services/trips/estimate-shift";
import { readBooking } from "@/server/services/trips/read-booking";
import { read } from "@/server/services/unit-of-work";
import { outlineDay } from "./build-day";
import { type KeptManifests, keptManifests, manifestsNow } from "./kept-manifests";
import { settingsOf } from "./planning-settings";
import { answerQuote } from "./quote-answer";
import type { DayRows } from "./read-day";
import { withTravel } from "./travel-of-units";
import { unitDay } from "./unit-days";

const AFTER_MS = 6 * 3_600_000;

/**
 * Can this trip be taken beside what is on the manifests now? Asked while a caller is on the phone: reads the units of
 * that time only, of their manifests what changed since the last question, and asks for the ways that matter only.
 * @param kept - what earlier questions read
 */
export const quoteWorkIn = (ctx: Ctx, input: QuoteInput, kept: KeptManifests = keptManifests()): Promise<QuoteView> => {
  const begun = performance.now();
  return read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    // Sent in one go: a round trip each would be most of the time.
    const [{ timeZone }, { settings }, asked] = await Promise.all([
      agencyById(tx, agencyId),
      settingsOf(tx, agencyId),
      askedTrip(tx, ctx, input),
    ]);
    const wanted = asked.trip.pickupAt ?? ctx.now;
    const day = agencyDay(dayAt(wanted, timeZone), timeZone);
    const from = day.from > ctx.now ? day.from : ctx.now;
    const period = { from, to: new Date(Math.max(wanted.getTime(), from.getTime()) + AFTER_MS) };
    const rows = await rowsAround(tx, agencyId, { ...period, asked, kept });
    const frame = { originAt: ctx.now, now: ctx.now, period, settings, timeZone };
    const { day: outline, places } = outlineDay(rows, frame);
    const trip = outline.trips.find(({ id }) => id === asked.trip.id);
    // A unit that may not have the trip, whatever it does, is not laid out.
    const open = trip ? outline.units.filter((unit) => unitBars(trip, unit).length === 0) : [];
    const days = trip ? open.map((unit) => unitDay(outline, unit, trip)) : [];
    const unitDays = await withTravel(routingFor(timeZone), places.points, days, wanted);
    return answerQuote(outline, unitDays, asked.trip.id, () => performance.now() - begun);
  });
};

/** Units of the period with what is on their manifests, and the trip that is asked about; no other trip matters. */
async function rowsAround(
  tx: Tx,
  agencyId: string,
  { from, to, asked, kept }: { from: Date; to: Date; asked: PlanningTripRow; kept: KeptManifests },
): Promise<DayRows> {
  const units = await planningUnits(tx, agencyId, from, to);
  const shiftIds = units.map(({ shift }) => shift.id);
  const [{ trips, stopsOf }, pairs] = await Promise.all([
    manifestsNow(tx, agencyId, shiftIds, kept),
    pairsOfAgency(tx, agencyId),
  ]);
  return { units, trips: [...trips, asked], stopsOf, pairs };
}

/** The trip as it would be booked. @throws AppError rule_broken for times that can't be booked */
async function askedTrip(tx: Tx, ctx: Ctx, input: QuoteInput): Promise<PlanningTripRow> {
  const booking = await readBooking(tx, ctx, input);
  const { pickup, dropoff } = booking;
  const riderId = input.riderId ?? null;
  const [way, rules] = await Promise.all([
    ownWay(tx, ctx, pickup.location, dropoff?.location ?? null, pickup.at),
    ridingRulesOf(tx, ctx.actor.agencyId, {
      riderId,
      pickupFacilityId: pickup.facilityId,
      dropoffFacilityId: dropoff?.facilityId ?? null,
    }),
  ]);
  const timed = timeBooking(booking, ctx.now);
  const trip: PlanningTripRow["trip"] = {
    ...timed,
    ...way,
    // A plan leaves emergencies to the dispatcher; a question about one is answered like one about an urgent call.
    priority: timed.priority === "emergency" ? "urgent" : timed.priority,
    id: newId(),
    number: "new",
    version: 1,
    kind: "transport",
    status: "requested",
    level: input.level,
    riderId,
    pickupLocation: pickup.location,
    dropoffLocation: dropoff?.location ?? null,
    pickupAt: pickup.at,
    pickupEarliest: pickup.earliest,
    pickupLatest: pickup.latest,
    dropoffAt: dropoff?.at ?? null,
    dropoffEarliest: dropoff?.earliest ?? null,
    dropoffLatest: dropoff?.latest ?? null,
    appointmentAt: booking.appointmentAt,
    readyAt: null,
    passengers: passengersOf("transport", input.level, input.passengers),
    needs: input.needs ?? [],
    journeyId: null,
    legNo: null,
    returnOf: null,
    sameUnit: false,
  };
  return { trip, assignment: null, rules };
}
