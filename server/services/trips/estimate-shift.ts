import "server-only";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { clearStopEstimates, type ManifestRow, manifestOf, setStopEstimates } from "@/db/queries/stops";
import { setEstimates } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { estimateStops, type StopEstimate } from "@/server/domain/dispatch/estimates";
import type { TravelTime } from "@/server/domain/dispatch/travel";
import { distanceM, type LngLat } from "@/server/domain/geo/lng-lat";
import { type RoutingEngine, routingFor } from "@/server/integrations/routing/engine";

/** Travel times for the legs of a route, asked in one go. */
export async function legTimes(engine: RoutingEngine, points: readonly LngLat[], at: Date): Promise<TravelTime> {
  const ways = points.slice(1).map((to, i) => ({ from: points[i] ?? to, to, at }));
  const answers = await engine.travel(ways);
  const known = new Map(ways.map((way, i) => [keyOf(way.from, way.to), answers[i] ?? null]));
  return (from, to) => known.get(keyOf(from, to)) ?? null;
}
const keyOf = (from: LngLat, to: LngLat) => `${from.lng},${from.lat},${to.lng},${to.lat}`;

/** Estimated arrival and departure at each stop a shift has still to make. */
export async function estimateManifest(
  rows: readonly ManifestRow[],
  from: LngLat | null,
  engine: RoutingEngine,
  now: Date,
): Promise<StopEstimate[]> {
  const stops = rows.map(({ stop }) => stop);
  const start = from ?? stops.find((stop) => stop.arrivedAt !== null)?.location ?? null;
  const places = stops.map((stop) => stop.location).filter((place) => place !== null);
  const travel = await legTimes(engine, start ? [start, ...places] : places, now);
  return estimateStops(start, stops, travel, now);
}

/** A trip whose estimates have moved. */
export type MovedEstimate = {
  tripId: string;
  channelEpoch: number;
  etaPickupAt: Date | null;
  etaDropoffAt: Date | null;
};

/**
 * Works out when a shift reaches its stops, and keeps it with the stops and their trips.
 * @param place - where the unit is; awaited beside what is read here
 * @returns what has moved
 */
export async function refreshEstimates(
  tx: Tx,
  { actor, now }: Ctx,
  shiftId: string,
  place: LngLat | null | Promise<LngLat | null>,
): Promise<MovedEstimate[]> {
  const { agencyId } = actor;
  const [from, agency, rows] = await Promise.all([place, agencyById(tx, agencyId), manifestOf(tx, agencyId, shiftId)]);
  const estimates = await estimateManifest(rows, from, routingFor(agency.timeZone), now);
  const etaOf = new Map(estimates.map((one) => [one.id, one.arriveAt]));
  const etas = estimates.map(({ id, arriveAt }) => ({ id, etaAt: arriveAt }));
  const unknown = rows.map(({ stop }) => stop).filter((stop) => stop.etaAt !== null && !etaOf.has(stop.id));
  const trips = movedTrips(rows, etaOf);
  const [kept] = await Promise.all([
    Promise.all(trips.map(({ tripId, channelEpoch: _epoch, ...set }) => setEstimates(tx, agencyId, tripId, set))),
    setStopEstimates(tx, agencyId, etas),
    clearStopEstimates(
      tx,
      agencyId,
      unknown.map((stop) => stop.id),
    ),
  ]);
  return trips.filter((_trip, n) => kept[n]);
}

/** A change smaller than this is noise, in milliseconds. */
const NOISE_MS = 20_000;
const differ = (a: Date | null, b: Date | null) =>
  a === null || b === null ? a !== b : Math.abs(a.getTime() - b.getTime()) >= NOISE_MS;

/** The stops where riders get in and out: a unit that only supports a trip says nothing of when it is served. */
const ofRiders = ({ stop }: ManifestRow): boolean => stop.kind === "pickup" || stop.kind === "dropoff";

function movedTrips(all: readonly ManifestRow[], etaOf: ReadonlyMap<string, Date>): MovedEstimate[] {
  const rows = all.filter(ofRiders);
  const stopOf = (tripId: string, kind: "pickup" | "dropoff") =>
    rows.find((row) => row.stop.tripId === tripId && row.stop.kind === kind)?.stop;
  const etaAt = (stop: ManifestRow["stop"] | undefined) => (stop && (stop.arrivedAt ?? etaOf.get(stop.id))) ?? null;
  const tripIds = [...new Set(rows.map(({ stop }) => stop.tripId).filter((id) => id !== null))];
  return tripIds.flatMap((tripId) => {
    const was = rows.find((row) => row.stop.tripId === tripId)?.estimates;
    const now = { etaPickupAt: etaAt(stopOf(tripId, "pickup")), etaDropoffAt: etaAt(stopOf(tripId, "dropoff")) };
    if (!was || !(differ(was.etaPickupAt, now.etaPickupAt) || differ(was.etaDropoffAt, now.etaDropoffAt))) return [];
    return [{ tripId, channelEpoch: was.channelEpoch, ...now }];
  });
}

/** Distance and duration of a trip's own way, for the booking; null when it has no drop-off or can't be driven. */
export async function ownWay(tx: Tx, { actor, now }: Ctx, from: LngLat, to: LngLat | null, at: Date | null) {
  if (to === null) return { distanceM: null, durationS: null };
  if (distanceM(from, to) === 0) return { distanceM: 0, durationS: 0 };
  const { timeZone } = await agencyById(tx, actor.agencyId);
  const [way] = await routingFor(timeZone).travel([{ from, to, at: at ?? now }]);
  return { distanceM: way?.distanceM ?? null, durationS: way?.durationS ?? null };
}
