import { z } from "zod";

/** What the API says of one stored fix: WGS 84 degrees, metres, metres per second; null where the device did not say. */
export const fixFields = {
  /** By the device's clock. */
  takenAt: z.iso.datetime(),
  /** By ours. */
  receivedAt: z.iso.datetime(),
  lat: z.number(),
  lon: z.number(),
  accuracyM: z.number().nullable(),
  speedMps: z.number().nullable(),
  headingDeg: z.number().nullable(),
  altitudeM: z.number().nullable(),
  batteryPct: z.number().nullable(),
  charging: z.boolean().nullable(),
};
