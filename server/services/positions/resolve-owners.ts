import "server-only";
import type { DeviceRow } from "@/db/queries/ingest-lookups";
import { type Duty, dutyAt, GRACE_MS } from "@/server/domain/gps/duty";
import type { RawFix } from "@/server/domain/gps/fix";
import type { DutyRoster } from "./duty-roster";

/** The vehicle and the shift that a fix belongs to. */
export type Owner = { vehicleId: string; shiftId: string | null };

/**
 * Whose each fix is: a vehicle's device speaks for its vehicle, a person's for the vehicle of the shift signed on when
 * the fix was taken; `null` for a person's outside a shift.
 */
export async function resolveOwners(
  roster: DutyRoster,
  device: DeviceRow,
  raws: RawFix[],
  receivedAt: Date,
): Promise<(Owner | null)[]> {
  const { agencyId, vehicleId, userId } = device;
  const subjectId = vehicleId ?? userId;
  if (!subjectId) return raws.map(() => null);
  const moments = raws.map((raw) => (raw.takenAt === "bad_time" ? receivedAt : raw.takenAt));
  const graceMs = vehicleId ? 0 : GRACE_MS;
  const duties = await roster.of({ agencyId, subjectId }, moments, graceMs, vehicleId === null);
  const owner = (duty: Duty | null): Owner | null => {
    if (vehicleId) return { vehicleId, shiftId: duty?.shiftId ?? null };
    return duty && { vehicleId: duty.vehicleId, shiftId: duty.shiftId };
  };
  return moments.map((at) => owner(dutyAt(duties, at, graceMs)));
}
