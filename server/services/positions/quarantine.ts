import "server-only";
import { e7, type QuarantinedFix } from "@/db/queries/ingest";
import type { DeviceRow } from "@/db/queries/ingest-lookups";
import type { RawFix } from "@/server/domain/gps/fix";
import { newId } from "@/server/ids";
import { hashToken } from "@/server/security/tokens";

/** Beyond the year 2223 a time is noise, and PostgreSQL reads no year with five digits. */
const LAST_KEPT_MS = 8e12;

type Place = Pick<RawFix, "lat" | "lon" | "takenAt">;

/** The same for the same fix, however often it is sent; one that came without a time is known by its place alone. */
export function dedupeOf(ownerId: string, fix: Place, receivedAt: Date): string {
  const at = fix.takenAt === "bad_time" ? fix.takenAt : fix.takenAt.getTime();
  const time = at === receivedAt.getTime() ? "now" : at;
  const place = [fix.lat, fix.lon].map((degrees) => (typeof degrees === "number" ? e7(degrees) : degrees));
  return hashToken(JSON.stringify([ownerId, time, ...place])).slice(0, 22);
}

/** The row that keeps a fix which is not believed, and why. */
export function quarantinedFix(
  device: DeviceRow,
  fix: Place,
  about: { code: string; receivedAt: Date; vehicleId: string | null },
): QuarantinedFix {
  const { code, receivedAt, vehicleId } = about;
  const degrees = (value: RawFix["lat"]) => (typeof value === "number" ? value : null);
  return {
    agencyId: device.agencyId,
    id: newId(),
    deviceId: device.id,
    vehicleId,
    code,
    dedupe: dedupeOf(vehicleId ?? device.userId ?? device.id, fix, receivedAt),
    takenAt: fix.takenAt === "bad_time" || Math.abs(fix.takenAt.getTime()) > LAST_KEPT_MS ? null : fix.takenAt,
    lat: degrees(fix.lat),
    lon: degrees(fix.lon),
    receivedAt,
  };
}
