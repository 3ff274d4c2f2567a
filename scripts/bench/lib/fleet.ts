import { createHash, randomUUID } from "node:crypto";
import type postgres from "postgres";

export type Fleet = { agencies: string[]; tokens: string[]; deviceIds: string[] };

/**
 * A fleet of devices with a vehicle each, dealt out evenly to agencies.
 * @param owner - a connection past row-level security
 */
export async function seedFleet(owner: postgres.Sql, size: { agencies: number; devices: number }): Promise<Fleet> {
  const agencies = Array.from({ length: size.agencies }, () => randomUUID());
  const secret = randomUUID();
  const tokens = Array.from({ length: size.devices }, (_, i) => `rbd_${secret}-${String(i).padStart(7, "0")}`);
  const deviceIds = tokens.map(() => randomUUID());
  const hashes = tokens.map((token) => createHash("sha256").update(token).digest("base64url"));
  await owner`insert into agencies (id, name, time_zone)
    select id, 'Bench ' || ord, 'America/New_York' from unnest(${agencies}::uuid[]) with ordinality as a (id, ord)`;
  // The device's id serves as its vehicle's, too.
  await owner`
    with wanted as (
      select (${agencies}::uuid[])[1 + (ord - 1) % ${size.agencies}] as agency_id, id, hash, ord
      from unnest(${deviceIds}::uuid[], ${hashes}::text[]) with ordinality as d (id, hash, ord)),
    made as (
      insert into vehicles (agency_id, id, vehicle_no, call_sign, type, levels, places)
      select agency_id, id, ord::text, 'M' || ord, 'ambulance', '{bls,als}', '{"ambulatory":1,"wheelchair":0,"stretcher":1}'
      from wanted)
    insert into devices (agency_id, id, label, vehicle_id, token_hash, first_seen_at)
    select agency_id, id, 'tracker ' || ord, id, hash, now() from wanted`;
  await owner`analyze`;
  return { agencies, tokens, deviceIds };
}

/** Fixes in the database, believed or set aside. */
export async function storedFixes(owner: postgres.Sql): Promise<{ history: number; quarantined: number }> {
  const [row] = await owner<{ history: number; quarantined: number }[]>`
    select (select count(*) from position_history)::int as history, (select count(*) from quarantined_fixes)::int as quarantined`;
  return row ?? { history: 0, quarantined: 0 };
}

/** Puts the vehicles of an agency on a shift that began an hour ago. */
export const putOnDuty = (owner: postgres.Sql, agencyId: string, vehicleIds: readonly string[]) =>
  owner`
    insert into shifts (agency_id, id, vehicle_id, call_sign, starts_at, ends_at, signed_on_at, state_since)
    select ${agencyId}, gen_random_uuid(), id, 'M' || ord, now() - interval '1 hour', now() + interval '9 hours',
      now() - interval '1 hour', now() - interval '1 hour'
    from unnest(${[...vehicleIds]}::uuid[]) with ordinality as v (id, ord)`;
