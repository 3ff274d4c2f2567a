import { useEffect, useState } from "react";
import type { DriveDb, QueuedFix } from "./drive-db";
import { keepFix } from "./fix-queue";

/** What the phone says about where it is. */
export type GpsState =
  | { kind: "waiting" }
  | { kind: "live"; takenAt: Date; accuracyM: number }
  | { kind: "denied" }
  | { kind: "unavailable" };

/** A moving phone gives a reading a second; the board needs one in five. */
const MIN_INTERVAL_MS = 5_000;

const initialState = (): GpsState =>
  typeof navigator === "undefined" || "geolocation" in navigator ? { kind: "waiting" } : { kind: "unavailable" };

const toFix = (userId: string, { coords, timestamp }: GeolocationPosition): QueuedFix => ({
  userId,
  takenAt: new Date(timestamp).toISOString(),
  lat: coords.latitude,
  lon: coords.longitude,
  accuracyM: coords.accuracy,
  speedMps: coords.speed,
  headingDeg: coords.heading !== null && Number.isFinite(coords.heading) ? coords.heading : null,
  altitudeM: coords.altitude,
});

/**
 * Reads the phone's GPS while `on` and keeps a fix every five seconds until it can be sent.
 * @param onKept - called after a fix was kept, to try sending
 */
export function useGps(db: DriveDb | null, userId: string, on: boolean, onKept: () => void): GpsState {
  const [state, setState] = useState<GpsState>(initialState);
  useEffect(() => {
    if (!on || !db || !("geolocation" in navigator)) return;
    let keptMs = 0;
    const watch = navigator.geolocation.watchPosition(
      (position) => {
        setState({ kind: "live", takenAt: new Date(position.timestamp), accuracyM: position.coords.accuracy });
        if (position.timestamp - keptMs < MIN_INTERVAL_MS) return;
        keptMs = position.timestamp;
        void keepFix(db, toFix(userId, position)).then(onKept);
      },
      (error) => setState({ kind: error.code === error.PERMISSION_DENIED ? "denied" : "unavailable" }),
      { enableHighAccuracy: true, maximumAge: 2_000, timeout: 30_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, [db, userId, on, onKept]);
  return state;
}
