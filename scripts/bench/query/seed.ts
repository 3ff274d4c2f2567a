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
