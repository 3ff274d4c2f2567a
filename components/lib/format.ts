/** Units and time zone for eyes: the only place that converts for display. */
export type DistanceUnit = "mi" | "km";

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${timeZone}|${key}`;
  const known = cache.get(id);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone, hourCycle: "h23" });
  cache.set(id, made);
  return made;
}

/** `14:32` on the agency's clock. */
export const formatTime = (at: Date, timeZone: string): string =>
  formatter(timeZone, "time", { hour: "2-digit", minute: "2-digit" }).format(at);
/** `14:32:08`. */
export const formatTimeS = (at: Date, timeZone: string): string =>
  formatter(timeZone, "timeS", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at);
/** `Tue 4 Mar`. */
export const formatDay = (at: Date, timeZone: string): string =>
  formatter(timeZone, "day", { weekday: "short", day: "numeric", month: "short" }).format(at).replace(",", "");
/** `Tue 4 Mar 2026, 14:32:08`: the full truth behind a relative age. */
export const formatMoment = (at: Date, timeZone: string): string =>
  `${formatter(timeZone, "date", { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(at).replace(",", "")}, ${formatTimeS(at, timeZone)}`;
/** `14:32` today, `Tue 4 Mar 14:32` on another day. */
export const formatTimeOrDay = (at: Date, now: Date, timeZone: string): string =>
  formatDay(at, timeZone) === formatDay(now, timeZone)
    ? formatTime(at, timeZone)
    : `${formatDay(at, timeZone)} ${formatTime(at, timeZone)}`;

const pad = (value: number) => String(value).padStart(2, "0");

/** An age: `now`, `12 s`, `4 min`, `2 h 05`, `3 d`. Never negative: a clock ahead of ours is now. */
export function formatAge(ageS: number): string {
  const s = Math.max(0, Math.floor(ageS));
  if (s < 1) return "now";
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${pad(Math.floor((s % 3600) / 60))}`;
  return `${Math.floor(s / 86_400)} d`;
}

/** A running duration, which never looks like clock time: `8s`, `4m 07s`, `1h 12m`. Negative before its start. */
export function formatElapsed(elapsedS: number): string {
  const sign = elapsedS <= -1 ? "-" : "";
  const s = Math.floor(Math.abs(elapsedS));
  if (s < 60) return `${sign}${s}s`;
  if (s < 3600) return `${sign}${Math.floor(s / 60)}m ${pad(s % 60)}s`;
  return `${sign}${Math.floor(s / 3600)}h ${pad(Math.floor((s % 3600) / 60))}m`;
}

/** An estimate: `< 1 min`, `6 min`, `1 h 10`; unknown is a dash, never 0. */
export function formatDuration(durationS: number | null | undefined): string {
  if (durationS === null || durationS === undefined) return "–";
  const minutes = Math.round(durationS / 60);
  if (minutes < 1) return "< 1 min";
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)}`;
}

const M_PER: Record<DistanceUnit, number> = { mi: 1609.344, km: 1000 };
/** `0.4 mi`, `12 mi`, `350 m`, `3.2 km`; unknown is a dash. */
export function formatDistance(distanceM: number | null | undefined, unit: DistanceUnit): string {
  if (distanceM === null || distanceM === undefined) return "–";
  if (unit === "km" && distanceM < 995) return `${Math.round(distanceM / 10) * 10} m`;
  const value = distanceM / M_PER[unit];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `34 mph` or `55 km/h`. */
export const formatSpeed = (speedMps: number, unit: DistanceUnit): string =>
  unit === "mi" ? `${Math.round((speedMps * 3600) / M_PER.mi)} mph` : `${Math.round(speedMps * 3.6)} km/h`;

/** Accuracy of a fix: `8 m` or `26 ft`. */
export const formatAccuracy = (accuracyM: number, unit: DistanceUnit): string =>
  unit === "mi" ? `${Math.round(accuracyM * 3.28084)} ft` : `${Math.round(accuracyM)} m`;

/** `(555) 010-1234` for a North American number; anything else as it came. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/[^\d]/g, "").replace(/^1(?=\d{10}$)/, "");
  return digits.length === 10 ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : phone;
}

const COMPASS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
/** `NE` for 45 degrees clockwise from north. */
export const formatHeading = (headingDeg: number): string =>
  COMPASS[Math.round((((headingDeg % 360) + 360) % 360) / 45) % 8] ?? "N";

/** `1 unit`, `3 units`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
