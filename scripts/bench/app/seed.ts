import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type postgres from "postgres";
import { PASSWORD } from "@/db/testing/people";
import { encrypt, parsePatientKeys } from "@/server/security/patient-data";

export type Crew = { email: string; tripId: string; deviceToken: string };
export type Agency = { id: string; dispatchers: string[]; crews: Crew[] };

type Options = { dispatchers: number; crews: number; waitingTrips: number; phiKeys: string };

/**
 * An agency with signed-on crews that are about to drive to a trip each, trips that still wait, and dispatchers. Trips are
 * wanted over the hours that come, as on a real day: wanted at the same minute, a thousand of them would be late at once.
 */
export async function seedAgency(
  owner: postgres.Sql,
  agencyId: string,
  devices: { ids: string[]; tokens: string[] },
  sizes: Options,
): Promise<Agency> {
  // One cheap hash for all: hundreds of honest ones would take longer than the measurement, which is not of sign-ins.
  const passwordHash = await hash(PASSWORD, { memoryCost: 64, timeCost: 1, parallelism: 1 });
  const people = (role: string, count: number) =>
    Array.from({ length: count }, () => ({
      role,
      account: randomUUID(),
      user: randomUUID(),
      email: `${role}-${randomUUID()}@bench.test`,
    }));
  const [dispatchers, crews] = [people("dispatcher", sizes.dispatchers), people("crew", sizes.crews)];
  const all = [...dispatchers, ...crews];
  await owner`insert into accounts ${owner(all.map(({ account, email }) => ({ id: account, email, password_hash: passwordHash, password_changed_at: new Date() })))}`;
  await owner`insert into users ${owner(all.map(({ role, account, user }, n) => ({ agency_id: agencyId, id: user, account_id: account, name: `${role} ${n}`, roles: [role] })))}`;
  const shifts = crews.map(() => randomUUID());
  const trips = crews.map(() => randomUUID());
  const vehicles = devices.ids.slice(0, crews.length);
  await owner`
    insert into shifts (agency_id, id, vehicle_id, call_sign, starts_at, ends_at, signed_on_at, state_since)
    select ${agencyId}, id, vehicle, 'M' || ord, now() - interval '1 hour', now() + interval '9 hours', now() - interval '1 hour', now()
    from unnest(${shifts}::uuid[], ${vehicles}::uuid[]) with ordinality as s (id, vehicle, ord)`;
  await owner`
    insert into shift_crew (agency_id, id, shift_id, user_id, starts_at, ends_at)
    select ${agencyId}, gen_random_uuid(), shift, person, now() - interval '1 hour', now() + interval '9 hours'
    from unnest(${shifts}::uuid[], ${crews.map(({ user }) => user)}::uuid[]) as c (shift, person)`;
  await addTrips(owner, agencyId, trips, sizes.waitingTrips);
  await addRiders(owner, agencyId, sizes.phiKeys);
  const assignments = crews.map(() => randomUUID());
  await owner`
    with made as (
      insert into assignments (agency_id, id, trip_id, shift_id, vehicle_id, mode, status, crew_user_ids, assigned_at, dispatched_at, acknowledged_at)
      select ${agencyId}, id, trip, shift, vehicle, 'dispatch', 'acknowledged', array[person], now(), now(), now()
      from unnest(${assignments}::uuid[], ${trips}::uuid[], ${shifts}::uuid[], ${vehicles}::uuid[], ${crews.map(({ user }) => user)}::uuid[])
        as a (id, trip, shift, vehicle, person)
      returning id, trip_id)
    update trips t set current_assignment_id = made.id from made where t.agency_id = ${agencyId} and t.id = made.trip_id`;
  await owner`
    insert into stops (agency_id, id, shift_id, seq, kind, trip_id, assignment_id, location)
    select ${agencyId}, gen_random_uuid(), shift, seq, kind, trip, id, place::geometry
    from unnest(${assignments}::uuid[], ${trips}::uuid[], ${shifts}::uuid[]) as a (id, trip, shift)
    cross join (values (10, 'pickup', 'SRID=4326;POINT(-76.6 39.2)'), (20, 'dropoff', 'SRID=4326;POINT(-76.6 39.3)'))
      as s (seq, kind, place)`;
  return {
    id: agencyId,
    dispatchers: dispatchers.map(({ email }) => email),
    crews: crews.map(({ email }, n) => ({ email, tripId: trips[n] ?? "", deviceToken: devices.tokens[n] ?? "" })),
  };
}

/** Trips that a crew is about to drive to, and so many that wait: each wanted at a time of its own. */
async function addTrips(owner: postgres.Sql, agencyId: string, started: string[], waiting: number): Promise<void> {
  await owner`
    insert into trips (agency_id, id, number, priority, level, timing, unknown_rider, pickup_location, dropoff_location, passengers,
      booked_at, requested_at, pickup_at, status)
    select ${agencyId}, id, 'B-' || ord, 'scheduled', 'wheelchair', 'fixed', true, 'SRID=4326;POINT(-76.6 39.2)',
      'SRID=4326;POINT(-76.6 39.3)', '{"ambulatory":0,"wheelchair":1,"stretcher":0}', now(), wanted, wanted, status
    from unnest(${[...started, ...Array.from({ length: waiting }, () => randomUUID())]}::uuid[]) with ordinality as t (id, ord)
    cross join lateral (
      select 'acknowledged' as status, now() + make_interval(mins => 10 + (ord * 7 % 60)::int) as wanted where ord <= ${started.length}
      union all
      select 'requested', now() + make_interval(mins => 45 + (ord * 13 % 360)::int) where ord > ${started.length}) as w`;
}

/** Gives an agency's trips riders and addresses as the product stores them: encrypted. */
async function addRiders(owner: postgres.Sql, agencyId: string, phiKeys: string): Promise<void> {
  const keys = parsePatientKeys(phiKeys);
  const trips = await owner<{ id: string }[]>`select id from trips where agency_id = ${agencyId}`;
  const sealed = (column: string, plain: (n: number) => string) =>
    trips.map(({ id }, n) => encrypt(keys, { table: "trips", column, rowId: id }, plain(n)));
  await owner`
    update trips t set unknown_rider = false, rider_name_enc = name, pickup_address_enc = pickup, dropoff_address_enc = dropoff
    from unnest(
      ${trips.map(({ id }) => id)}::uuid[],
      ${sealed("rider_name_enc", (n) => `Rider Number ${n}`)}::text[],
      ${sealed("pickup_address_enc", (n) => `${n} Main Street, Apartment ${n % 40}`)}::text[],
      ${sealed("dropoff_address_enc", (n) => `${n} Hospital Drive`)}::text[]
    ) as r (id, name, pickup, dropoff)
    where t.agency_id = ${agencyId} and t.id = r.id`;
}
