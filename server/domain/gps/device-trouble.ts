import type { RawFix } from "./fix";
import type { IngestCounts } from "./formats";

const LOW_BATTERY_PCT = 5;

/** Why a device would go dark, as far as its last request tells: shown once it is silent, or while its fixes are refused. */
export const DEVICE_TROUBLES = ["battery_low", "clock_wrong", "no_position", "jumping", "off_shift"] as const;
export type DeviceTrouble = (typeof DEVICE_TROUBLES)[number];

const OF_CODE: Record<string, DeviceTrouble> = {
  future: "clock_wrong",
  too_old: "clock_wrong",
  bad_time: "clock_wrong",
  missing_position: "no_position",
  not_a_number: "no_position",
  null_island: "no_position",
  out_of_range: "no_position",
  impossible_jump: "jumping",
  off_shift: "off_shift",
};

/** @returns `null` when all is well, `unchanged` when the request says nothing about it */
export function troubleOf(raws: readonly RawFix[], counts: IngestCounts): DeviceTrouble | null | "unchanged" {
  const last = raws.at(-1);
  if (!last) return "unchanged";
  if (counts.accepted + counts.duplicates === 0) {
    return OF_CODE[counts.quarantined.at(-1)?.code ?? ""] ?? "unchanged";
  }
  const isLow = last.batteryPct !== null && last.batteryPct <= LOW_BATTERY_PCT && last.charging !== true;
  return isLow ? "battery_low" : null;
}

const SILENT_AFTER_MS = 10 * 60_000;

/**
 * Why a device is dark at `now`, for people: `null` while it is heard and its fixes are taken, `never_used` before its
 * first fix, `silent` when nothing is known.
 */
export function darkReasonOf(device: { lastSeenAt: Date | null; darkReason: string | null }, now: Date): string | null {
  if (!device.lastSeenAt) return "never_used";
  const isSilent = now.getTime() - device.lastSeenAt.getTime() > SILENT_AFTER_MS;
  if (isSilent) return device.darkReason ?? "silent";
  return device.darkReason === "battery_low" ? null : device.darkReason;
}
