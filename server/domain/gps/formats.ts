import type { IngestInput, ParsedRequest } from "./fix";
import { parseGpslogger } from "./parse-gpslogger";
import { parseNative } from "./parse-native";
import { parseOsmand } from "./parse-osmand";
import { parseOverland } from "./parse-overland";
import { parseOwntracks } from "./parse-owntracks";
import { parseTraccarForward } from "./parse-traccar-forward";

/** What happened to the fixes of one request; the three add up to what was sent. */
export type IngestCounts = { accepted: number; duplicates: number; quarantined: { index: number; code: string }[] };

export type IngestFormat = "native" | "osmand" | "owntracks" | "overland" | "gpslogger" | "traccar";

export type FormatRules = {
  /** `null` means any. */
  methods: readonly string[] | null;
  /** What a body may be: JSON whatever its label, JSON that says so, or a form as well. */
  body: "json" | "labelled-json" | "json-or-form";
  parse: (input: IngestInput) => ParsedRequest;
  /** What the client needs to hear to forget what it sent. */
  answer: (counts: IngestCounts) => { status: number; body: unknown };
};

const counts = (status: number) => (body: IngestCounts) => ({ status, body });
const POST = ["POST"] as const;

/** One entry for each way a client calls. */
export const FORMATS: Record<IngestFormat, FormatRules> = {
  native: { methods: POST, body: "labelled-json", parse: parseNative, answer: counts(202) },
  osmand: { methods: ["GET", "POST"], body: "json-or-form", parse: parseOsmand, answer: counts(200) },
  owntracks: { methods: POST, body: "json", parse: parseOwntracks, answer: () => ({ status: 200, body: [] }) },
  overland: {
    methods: POST,
    body: "json",
    parse: parseOverland,
    answer: () => ({ status: 200, body: { result: "ok" } }),
  },
  gpslogger: { methods: null, body: "json-or-form", parse: parseGpslogger, answer: counts(200) },
  traccar: { methods: POST, body: "json", parse: parseTraccarForward, answer: counts(200) },
};

export const isIngestFormat = (name: string): name is IngestFormat => Object.hasOwn(FORMATS, name);

const APPS: [RegExp, string][] = [
  [/traccar/i, "Traccar Client"],
  [/owntracks/i, "OwnTracks"],
  [/overland/i, "Overland"],
  [/gpslogger/i, "GPSLogger"],
  [/osmand/i, "OsmAnd"],
];
const APP_OF: Record<IngestFormat, string> = {
  native: "Runboard",
  osmand: "OsmAnd protocol",
  owntracks: "OwnTracks",
  overland: "Overland",
  gpslogger: "GPSLogger",
  traccar: "Traccar server",
};

/** The app that sent a request, as far as its format and user agent tell; versions are left out. */
export function appOf(format: IngestFormat, userAgent: string | undefined, json: unknown): string {
  if (format === "osmand" && json !== undefined) return "Traccar Client";
  if (format !== "osmand") return APP_OF[format];
  return APPS.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1] ?? APP_OF[format];
}
