import type { IngestSql } from "@/db/ingest-client";
import { asIngest } from "@/db/ingest-client";
import type { Sighting } from "@/server/domain/gps/detect-jumps";
import { uuidArray } from "./array-literal";

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

/** The device behind the hash of a token, before any agency is known. */
export async function findDeviceByTokenHash(sql: IngestSql, tokenHash: string): Promise<DeviceRow | null> {
  const [row] = await sql<DeviceRow[]>`
    select agency_id as "agencyId", id, vehicle_id as "vehicleId", user_id as "userId", speed_unit as "speedUnit",
      seen_before as "seenBefore", expires_at as "expiresAt"
    from find_device_by_token_hash(${tokenHash})`;
  return row ?? null;
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

type SightingRow = { takenAt: Date | null; latE7: number; lonE7: number };
const sightingOf = ({ takenAt, latE7, lonE7 }: SightingRow): Sighting | null =>
  takenAt && { takenAt, lat: latE7 / 1e7, lon: lonE7 / 1e7 };

/** The newest stored fix that a device gave a vehicle in the day before `before`. */
export const findAnchor = (sql: IngestSql, deviceId: string, vehicleId: string, before: Date) =>
  asIngest(sql, async (tx) => {
    const rows = await tx<SightingRow[]>`
      select taken_at as "takenAt", lat_e7 as "latE7", lon_e7 as "lonE7" from position_history
      where vehicle_id = ${vehicleId} and device_id = ${deviceId}
        and taken_at > ${before}::timestamptz - interval '1 day' and taken_at <= ${before}::timestamptz + interval '10 minutes'
      order by taken_at desc limit 1`;
    return rows[0] ? sightingOf(rows[0]) : null;
  });

/** For each moment the stored fixes of a device around it, within a day; in the order given. */
export const findNeighbours = (sql: IngestSql, deviceId: string, vehicleId: string, moments: Date[]) =>
  asIngest(sql, async (tx) => {
    const literal = `{${moments.map((moment) => moment.getTime()).join(",")}}`;
    const rows = await tx<{ b: SightingRow; a: SightingRow }[]>`
      with moments as (
        select ord, to_timestamp(ms / 1000)::timestamptz(3) as at from unnest(${literal}::float8[]) with ordinality as m (ms, ord))
      select json_build_object('takenAt', b.taken_at, 'latE7', b.lat_e7, 'lonE7', b.lon_e7) as b,
        json_build_object('takenAt', a.taken_at, 'latE7', a.lat_e7, 'lonE7', a.lon_e7) as a
      from moments m
      left join lateral (select taken_at, lat_e7, lon_e7 from position_history h
        where h.vehicle_id = ${vehicleId} and h.device_id = ${deviceId}
          and h.taken_at <= m.at and h.taken_at > m.at - interval '1 day' order by h.taken_at desc limit 1) b on true
      left join lateral (select taken_at, lat_e7, lon_e7 from position_history h
        where h.vehicle_id = ${vehicleId} and h.device_id = ${deviceId}
          and h.taken_at > m.at and h.taken_at < m.at + interval '1 day' order by h.taken_at limit 1) a on true
      order by m.ord`;
    const fromJson = (row: SightingRow) => sightingOf({ ...row, takenAt: row.takenAt && new Date(row.takenAt) });
    return rows.map(({ b, a }) => ({ before: fromJson(b), after: fromJson(a) }));
  });

/** Which of these fixes (by their `dedupe`) were set aside as jumps before. */
export const findKnownJumps = (sql: IngestSql, agencyId: string, dedupes: string[]) =>
  asIngest(sql, async (tx) => {
    const rows = await tx<{ dedupe: string }[]>`
      select dedupe from quarantined_fixes
      where agency_id = ${agencyId} and dedupe = any(${dedupes}::text[]) and code = 'impossible_jump'`;
    return new Set(rows.map((row) => row.dedupe));
  });

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
