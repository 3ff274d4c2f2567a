const METRES: Record<"mi" | "km", number> = { mi: 1609.344, km: 1000 };

/** An odometer reading as it stands on the dashboard, in whole metres. */
export const odometerM = (reading: number, unit: "mi" | "km"): number => Math.round(reading * METRES[unit]);
