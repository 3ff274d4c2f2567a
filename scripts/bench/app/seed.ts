import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type postgres from "postgres";
import { PASSWORD } from "@/db/testing/people";

export type Crew = { email: string; tripId: string; deviceToken: string };
export type Agency = { id: string; dispatchers: string[]; crews: Crew[] };

type Sizes = { dispatchers: number; crews: number; waitingTrips: number };

/** An agency with signed-on crews that have a dispatched trip each, trips that still wait, and dispatchers. */
export async function seedAgency(
  owner: postgres.Sql,
  agencyId: string,
  devices: { ids: string[]; tokens: string[] },
  sizes: Sizes,
): Promise<Agency> {
  // One hash for all: making hundreds would take longer than the measurement.
  const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
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
  await owner`
    insert into trips (agency_id, id, number, priority, level, timing, unknown_rider, pickup_location, dropoff_location, passengers,
      booked_at, requested_at, pickup_at, status)
    select ${agencyId}, id, 'B-' || ord, 'scheduled', 'wheelchair', 'fixed', true, 'SRID=4326;POINT(-76.6 39.2)',
      'SRID=4326;POINT(-76.6 39.3)', '{"ambulatory":0,"wheelchair":1,"stretcher":0}', now(), now(), now(),
      case when ord <= ${trips.length} then 'dispatched' else 'requested' end
    from unnest(${[...trips, ...Array.from({ length: sizes.waitingTrips }, () => randomUUID())]}::uuid[]) with ordinality as t (id, ord)`;
  const assignments = crews.map(() => randomUUID());
  await owner`
    with made as (
      insert into assignments (agency_id, id, trip_id, shift_id, vehicle_id, mode, status, assigned_at, dispatched_at)
      select ${agencyId}, id, trip, shift, vehicle, 'dispatch', 'dispatched', now(), now()
      from unnest(${assignments}::uuid[], ${trips}::uuid[], ${shifts}::uuid[], ${vehicles}::uuid[]) as a (id, trip, shift, vehicle)
      returning id, trip_id)
    update trips t set current_assignment_id = made.id from made where t.agency_id = ${agencyId} and t.id = made.trip_id`;
  return {
    id: agencyId,
    dispatchers: dispatchers.map(({ email }) => email),
    crews: crews.map(({ email }, n) => ({ email, tripId: trips[n] ?? "", deviceToken: devices.tokens[n] ?? "" })),
  };
}
