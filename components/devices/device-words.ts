import { words } from "@/components/fleet/code-words";
import type { Device } from "@/server/domain/devices/device";

const DARK: Record<string, string> = {
  never_used: "Never used: pair the phone",
  silent: "Silent",
  battery_low: "Silent since its battery was low",
  clock_wrong: "Its clock is wrong",
  no_position: "It has no position",
  jumping: "Its position jumps",
  off_shift: "Its person is not on a shift",
};

/** Why a device is dark, in words; null when all is well. */
export const darkWords = ({ darkReason }: Pick<Device, "darkReason">): string | null =>
  darkReason === null ? null : (DARK[darkReason] ?? words(darkReason));

const APPS: Record<string, string> = {
  traccar_client: "Traccar Client",
  osmand: "OsmAnd",
  owntracks: "OwnTracks",
  overland: "Overland",
  gpslogger: "GPSLogger",
  traccar_forward: "Traccar server",
  native: "Runboard",
};
export const appName = (app: string): string => APPS[app] ?? words(app);
