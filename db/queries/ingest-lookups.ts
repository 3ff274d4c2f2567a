import type { IngestSql } from "@/db/ingest-client";
import { asIngest } from "@/db/ingest-client";
import type { Sighting } from "@/server/domain/gps/detect-jumps";
import { momentArray, uuidArray } from "./array-literal";

export type DeviceRow = {
  agencyId: string;
  id: string;
  vehicleId: string | null;
  userId: string | null;
  speedUnit: "auto" | "mps" | "kmh" | "knots";
  seenBefore: boolean;
  /** The end of a rotated token's overlap; `null` for the current one. */
  expiresAt: Date | null;
};

/** The devices behind hashes of tokens, before any agency is known; in the order given, `null` for what opens nothing. */
export async function findDevicesByTokenHash(
  sql: IngestSql,
  tokenHashes: readonly string[],
): Promise<(DeviceRow | null)[]> {
  const rows = await sql<(DeviceRow | Record<keyof DeviceRow, null>)[]>`
    select d.agency_id as "agencyId", d.id, d.vehicle_id as "vehicleId", d.user_id as "userId",
      d.speed_unit as "speedUnit", d.seen_before as "seenBefore", d.expires_at as "expiresAt"
    from unnest(${[...tokenHashes]}::text[]) with ordinality as w (hash, ord)
    left join lateral find_device_by_token_hash(w.hash) d on true
    order by w.ord`;
  return rows.map((row) => (row.id === null ? null : row));
}

/** A signed-on period of a vehicle or a person; open-ended until the sign-off. */
export type DutyRow = {
  subjectId: string;
  shiftId: string;
  vehicleId: string;
  signedOnAt: Date;
  signedOffAt: Date | null;
};

/** Signed-on periods of vehicles and people (`subjectId`) that reach beyond `since`. */
export const findDuty = (sql: IngestSql, subjects: { agencyId: string; subjectId: string }[], since: Date) =>
  sql<DutyRow[]>`
    select subject_id as "subjectId", shift_id as "shiftId", vehicle_id as "vehicleId",
      signed_on_at as "signedOnAt", signed_off_at as "signedOffAt"
    from find_duty(${uuidArray(subjects.map((s) => s.agencyId))}::uuid[],
      ${uuidArray(subjects.map((s) => s.subjectId))}::uuid[], ${since})`;

/** A device as the source of a vehicle's fixes. */
export type Source = { agencyId: string; deviceId: string; vehicleId: string };

/** For each source the newest fix it stored in the day before `before`, in the order given; `null` without one. */
export const findAnchors = (sql: IngestSql, wanted: (Source & { before: Date })[]): Promise<(Sighting | null)[]> =>
  asIngest(sql, async (tx) => {
    const rows = await tx<{ ms: number | null; latE7: number | null; lonE7: number | null }[]>`
      select (extract(epoch from h.taken_at) * 1000)::float8 as ms, h.lat_e7 as "latE7", h.lon_e7 as "lonE7"
      from unnest(${uuidArray(wanted.map((w) => w.deviceId))}::uuid[], ${uuidArray(wanted.map((w) => w.vehicleId))}::uuid[],
        ${momentArray(wanted.map((w) => w.before))}::float8[]) with ordinality as w (device_id, vehicle_id, ms, ord)
      left join lateral (
        select taken_at, lat_e7, lon_e7 from position_history h
        where h.vehicle_id = w.vehicle_id and h.device_id = w.device_id
          and h.taken_at > to_timestamp(w.ms / 1000) - interval '1 day'
          and h.taken_at <= to_timestamp(w.ms / 1000) + interval '10 minutes'
        order by h.taken_at desc limit 1) h on true
      order by w.ord`;
    return rows.map(({ ms, latE7, lonE7 }) => sightingOf(ms, latE7, lonE7));
  });

/** What is stored around a late fix, and whether that very fix was set aside as a jump before. */
export type Surroundings = { before: Sighting | null; after: Sighting | null; setAside: boolean };
export type LateFix = Source & { takenAt: Date; dedupe: string };

type AroundRow = {
  beforeMs: number | null;
  beforeLat: number | null;
  beforeLon: number | null;
  afterMs: number | null;
  afterLat: number | null;
  afterLon: number | null;
  setAside: boolean;
};

/** For each late fix its source's stored neighbours within a day; in the order given. */
export const findSurroundings = (sql: IngestSql, late: LateFix[]): Promise<Surroundings[]> =>
  asIngest(sql, async (tx) => {
    const rows = await tx<AroundRow[]>`
      with late as (
        select agency_id, device_id, vehicle_id, to_timestamp(ms / 1000)::timestamptz(3) as at, dedupe, ord
        from unnest(${uuidArray(late.map((fix) => fix.agencyId))}::uuid[], ${uuidArray(late.map((fix) => fix.deviceId))}::uuid[],
          ${uuidArray(late.map((fix) => fix.vehicleId))}::uuid[], ${momentArray(late.map((fix) => fix.takenAt))}::float8[],
          ${late.map((fix) => fix.dedupe)}::text[]) with ordinality as l (agency_id, device_id, vehicle_id, ms, dedupe, ord))
      select (extract(epoch from b.taken_at) * 1000)::float8 as "beforeMs", b.lat_e7 as "beforeLat", b.lon_e7 as "beforeLon",
        (extract(epoch from a.taken_at) * 1000)::float8 as "afterMs", a.lat_e7 as "afterLat", a.lon_e7 as "afterLon",
        exists (select 1 from quarantined_fixes q
          where q.agency_id = l.agency_id and q.dedupe = l.dedupe and q.code = 'impossible_jump') as "setAside"
      from late l
      left join lateral (select taken_at, lat_e7, lon_e7 from position_history h
        where h.vehicle_id = l.vehicle_id and h.device_id = l.device_id
          and h.taken_at <= l.at and h.taken_at > l.at - interval '1 day' order by h.taken_at desc limit 1) b on true
      left join lateral (select taken_at, lat_e7, lon_e7 from position_history h
        where h.vehicle_id = l.vehicle_id and h.device_id = l.device_id
          and h.taken_at > l.at and h.taken_at < l.at + interval '1 day' order by h.taken_at limit 1) a on true
      order by l.ord`;
    return rows.map((row) => ({
      before: sightingOf(row.beforeMs, row.beforeLat, row.beforeLon),
      after: sightingOf(row.afterMs, row.afterLat, row.afterLon),
      setAside: row.setAside,
    }));
  });

const sightingOf = (ms: number | null, latE7: number | null, lonE7: number | null): Sighting | null =>
  ms === null || latE7 === null || lonE7 === null
    ? null
    : { takenAt: new Date(ms), lat: latE7 / 1e7, lon: lonE7 / 1e7 };

export type DeviceUse = {
  agencyId: string;
  id: string;
  seenAt: Date;
  app: string;
  network: string;
  trouble: string | null;
};

/** Notes when, by which app and from where devices were used; gives back those that two apps used within a minute. */
export const noteDeviceUse = (sql: IngestSql, uses: DeviceUse[]) =>
  sql<{ agencyId: string; id: string }[]>`
    select agency_id as "agencyId", id from note_device_use(${uuidArray(uses.map((use) => use.agencyId))}::uuid[],
      ${uuidArray(uses.map((use) => use.id))}::uuid[], ${uses.map((use) => use.seenAt.toISOString())}::text[]::timestamptz[],
      ${uses.map((use) => use.app)}::text[], ${uses.map((use) => use.network)}::text[],
      ${uses.map((use) => use.trouble)}::text[])`;
