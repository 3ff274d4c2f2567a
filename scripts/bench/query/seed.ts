import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { encrypt, parsePatientKeys } from "@/server/security/patient-data";

/** Adds vehicles with a fresh position each, dealt out to the agencies, spread over a county of half a degree. */
export async function addVehicles(owner: postgres.Sql, agencies: readonly string[], count: number): Promise<void> {
  await owner`
    with made as (
      insert into vehicles (agency_id, id, vehicle_no, call_sign, type, levels, places)
      select (${[...agencies]}::uuid[])[1 + n % ${agencies.length}], gen_random_uuid(), gen_random_uuid()::text, 'M' || n,
        'ambulance', '{bls,als}', '{"ambulatory":1,"wheelchair":0,"stretcher":1}'
      from generate_series(1, ${count}::int) n returning agency_id, id)
    insert into vehicle_positions (agency_id, vehicle_id, taken_at, received_at, location, device_id, source)
    select agency_id, id, now(), now(),
      ST_SetSRID(ST_MakePoint(-89.38 + (random() - 0.5) / 2, 40.62 + (random() - 0.5) / 2), 4326), id, 'device' from made`;
  await owner`vacuum analyze vehicle_positions`;
  await owner`analyze vehicles`;
}

/**
 * A fix every five seconds of the last day for one vehicle of the agency, beside as many of each of twenty others, stored
 * in the order in which they came.
 */
export async function addDayOfHistory(owner: postgres.Sql, agencyId: string): Promise<string> {
  const rows = await owner<{ id: string }[]>`select id from vehicles where agency_id = ${agencyId} limit 21`;
  const vehicles = rows.map(({ id }) => id);
  await owner`
    insert into position_history (agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, speed_mps, heading_deg, device_id)
    select ${agencyId}, id, at, at, 406200000 + n, -893800000 - n, 11, n % 360, id
    from generate_series(0, 17279) n cross join unnest(${vehicles}::uuid[]) id
    cross join lateral (select now() - make_interval(secs => 5 * n) as at) t order by at`;
  await owner`vacuum analyze position_history`;
  const [vehicleId] = vehicles;
  if (vehicles.length < 21 || vehicleId === undefined) throw new Error("the agency has too few vehicles");
  return vehicleId;
}

/** Trips of today with riders and addresses as the product stores them: encrypted. */
export async function addTrips(owner: postgres.Sql, agencyId: string, options: { count: number; keys: string }) {
  const keys = parsePatientKeys(options.keys);
  const rows = Array.from({ length: options.count }, (_, n) => {
    const id = randomUUID();
    const sealed = (column: string, plain: string) =>
      encrypt(keys, { table: "trips", column: `${column}_enc`, rowId: id }, plain);
    return {
      agency_id: agencyId,
      id,
      number: `B-${String(n).padStart(6, "0")}`,
      priority: "scheduled",
      level: "wheelchair",
      timing: "fixed",
      rider_name_enc: sealed("rider_name", `Rider Number ${n}`),
      unknown_rider: false,
      pickup_address_enc: sealed("pickup_address", `${n} Main Street, Apartment ${n % 40}`),
      dropoff_address_enc: sealed("dropoff_address", `${n} Hospital Drive`),
      passengers: owner.json({ ambulatory: 0, wheelchair: 1, stretcher: 0 }),
      booked_at: new Date(),
      requested_at: new Date(Date.now() + ((n % 480) - 240) * 1_000),
      pickup_at: new Date(Date.now() + ((n % 480) - 240) * 1_000),
      pickup_location: "SRID=4326;POINT(-89.38 40.62)",
      dropoff_location: "SRID=4326;POINT(-89.35 40.64)",
    };
  });
  for (let from = 0; from < rows.length; from += 500)
    await owner`insert into trips ${owner(rows.slice(from, from + 500))}`;
  await owner`analyze trips`;
}

/** A place of the county, the same for the same number. */
export const placeOf = (n: number) => ({ lng: -89.5 + ((n * 37) % 100) / 400, lat: 40.55 + ((n * 53) % 100) / 400 });

const point = (n: number) => `SRID=4326;POINT(${placeOf(n).lng} ${placeOf(n).lat})`;

/** Vans on duty until tonight, each with a manifest of trips that are an hour apart. */
export async function addFullDay(owner: postgres.Sql, agencyId: string, size: { units: number; tripsEach: number }) {
  const vans = Array.from({ length: size.units }, (_, n) => ({ n, id: randomUUID(), shiftId: randomUUID() }));
  const trips = vans.flatMap((van) =>
    Array.from({ length: size.tripsEach }, (_, i) => ({
      van,
      id: randomUUID(),
      assignmentId: randomUUID(),
      from: point(van.n * 100 + i * 2),
      to: point(van.n * 100 + i * 2 + 1),
      seq: 20 * i,
      pickupAt: new Date(Date.now() + (40 + i * 60) * 60_000),
    })),
  );
  const common = { agency_id: agencyId };
  await owner`insert into vehicles ${owner(vans.map(({ n, id }) => ({ ...common, id, vehicle_no: `Q${n}`, call_sign: `Q${n}`, type: "wheelchair_van", levels: ["ambulatory", "wheelchair"], places: owner.json({ ambulatory: 3, wheelchair: 2, stretcher: 0 }) })))}`;
  await owner`insert into vehicle_positions ${owner(vans.map(({ n, id }) => ({ ...common, vehicle_id: id, taken_at: new Date(), received_at: new Date(), location: point(n), device_id: id, source: "device" })))}`;
  const [begun, over] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 12 * 3_600_000)];
  await owner`insert into shifts ${owner(vans.map(({ n, id, shiftId }) => ({ ...common, id: shiftId, vehicle_id: id, call_sign: `Q${n}`, starts_at: begun, ends_at: over, signed_on_at: begun, state_since: begun })))}`;
  await owner`insert into trips ${owner(
    trips.map(({ id, assignmentId, from, to, pickupAt }, n) => ({
      ...common,
      id,
      number: `Q-${String(n).padStart(6, "0")}`,
      status: "reserved",
      priority: "scheduled",
      level: "wheelchair",
      timing: "fixed",
      unknown_rider: true,
      passengers: owner.json({ ambulatory: 0, wheelchair: 1, stretcher: 0 }),
      booked_at: begun,
      requested_at: pickupAt,
      pickup_at: pickupAt,
      pickup_location: from,
      dropoff_location: to,
      duration_s: 900,
      current_assignment_id: assignmentId,
    })),
  )}`;
  await owner`insert into assignments ${owner(trips.map(({ van, id, assignmentId }) => ({ ...common, id: assignmentId, trip_id: id, shift_id: van.shiftId, vehicle_id: van.id, mode: "reserve", status: "reserved", assigned_at: begun })))}`;
  const stops = trips.flatMap(({ van, id, assignmentId, from, to, seq, pickupAt }) => {
    const stop = { ...common, shift_id: van.shiftId, trip_id: id, assignment_id: assignmentId };
    return [
      { ...stop, id: randomUUID(), seq, kind: "pickup", location: from, planned_at: pickupAt },
      { ...stop, id: randomUUID(), seq: seq + 10, kind: "dropoff", location: to, planned_at: null },
    ];
  });
  await owner`insert into stops ${owner(stops)}`;
  await owner`analyze`;
}
