import "server-only";
import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";

/** What stands beside the registry, because its callers speak formats of their own: GPS apps, probes, schedulers, pusher-js. */

const json = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
const loose = (shape: z.core.$ZodLooseShape) => z.looseObject(shape);
const number = z.union([z.number(), z.string()]);

const Fix = loose({
  takenAt: z.union([z.string(), z.number()]).optional(),
  lat: number,
  lon: number,
  accuracyM: number.optional(),
  speedMps: number.optional(),
  headingDeg: number.optional(),
  altitudeM: number.optional(),
  batteryPct: number.optional(),
  charging: z.boolean().optional(),
}).meta({ id: "Fix" });
const Counts = z
  .object({
    accepted: z.int(),
    duplicates: z.int(),
    quarantined: z.array(z.object({ index: z.int(), code: z.string() })),
  })
  .meta({ id: "IngestCounts" });

/** Any of these ways of sending a device's token will do. */
const DEVICE: ZodOpenApiOperationObject["security"] = [{ bearer: [] }, { devicePassword: [] }, { deviceToken: [] }];
const ingest = (summary: string, over: Partial<ZodOpenApiOperationObject>): ZodOpenApiOperationObject => ({
  summary,
  description: "Device token: Bearer, Basic password, `?token=`, `?id=`, `?deviceid=`, or the last part of the path.",
  tags: ["ingest"],
  security: DEVICE,
  responses: { "200": { description: "Stored", ...json(Counts) } },
  ...over,
});
const query = (names: string) => ({
  requestParams: { query: z.object(Object.fromEntries(names.split(" ").map((name) => [name, z.string().optional()]))) },
});

const ingestPaths: ZodOpenApiPathsObject = {
  "/api/v1/positions": {
    post: ingest("One fix, or up to 2,000 in 1 MB", {
      requestBody: json(z.union([Fix, z.object({ fixes: z.array(Fix).max(2_000) })])),
      responses: { "202": { description: "Stored; the three add up to what was sent", ...json(Counts) } },
    }),
  },
  "/api/v1/ingest/osmand": {
    get: ingest(
      "OsmAnd, older Traccar Client and many trackers; speed in knots",
      query("id lat lon location timestamp speed bearing heading altitude accuracy hdop batt"),
    ),
    post: ingest("Traccar Client 9 and later (m/s), or the OsmAnd values as a form", {
      requestBody: json(loose({ location: loose({}), device_id: z.string() })),
    }),
  },
  "/api/v1/ingest/owntracks": {
    post: ingest("OwnTracks over HTTP; speed in km/h", {
      requestBody: json(loose({ _type: z.string() })),
      responses: { "200": { description: "Stored, or nothing to store", ...json(z.array(z.unknown())) } },
    }),
  },
  "/api/v1/ingest/overland": {
    post: ingest("Overland; speed in m/s", {
      requestBody: json(loose({ locations: z.array(loose({})), current: loose({}).optional() })),
      responses: { "200": { description: "Stored", ...json(z.object({ result: z.literal("ok") })) } },
    }),
  },
  "/api/v1/ingest/gpslogger": {
    get: ingest("GPSLogger, by any method; speed in m/s", query("lat lon time s spd dir alt acc batt")),
  },
  "/api/v1/ingest/traccar": {
    post: ingest("A Traccar server forwarding; speed in knots. With an API key `uniqueId` is a device's label", {
      requestBody: json(loose({ position: loose({}), device: loose({ uniqueId: z.string() }) })),
    }),
  },
};

const open = (summary: string, media = "application/json"): ZodOpenApiOperationObject => ({
  summary,
  tags: ["operation"],
  security: [],
  responses: { "200": { description: summary, content: { [media]: {} } } },
});
const REFUSED = { "401": { description: "Another bearer, or none" } };
const secured = (summary: string, schema: z.ZodType, tag: string): ZodOpenApiOperationObject => ({
  summary,
  tags: [tag],
  security: [{ bearer: [] }],
  responses: { "200": { description: summary, ...json(schema) }, ...REFUSED },
});
const Ran = z.object({ ran: z.boolean() });
const job = {
  ...secured("Run one job now; the bearer is CRON_SECRET", Ran, "operation"),
  requestParams: { path: z.object({ name: z.string() }) },
};
const alive = { get: open("Alive: the process answers") };
const ready = { get: open("Ready, or 503 naming the part that is down") };
const exposition = open("Prometheus metrics; the bearer is METRICS_TOKEN", "text/plain");
const metrics = {
  get: { ...exposition, security: [{ bearer: [] }], responses: { ...exposition.responses, ...REFUSED } },
};
const Signed = z.object({ auth: z.string() });
const Ask = z.object({ socket_id: z.string(), channel_name: z.union([z.string(), z.array(z.string())]) });

const operationPaths: ZodOpenApiPathsObject = {
  "/api/health": alive,
  "/api/v1/health": alive,
  "/api/ready": ready,
  "/api/v1/ready": ready,
  "/api/metrics": metrics,
  "/metrics": metrics,
  "/api/jobs/{name}": { get: job, post: job },
  "/api/realtime/auth": {
    post: {
      ...secured("Sign private channels for a socket (Pusher protocol 7)", Signed, "realtime"),
      requestBody: {
        content: { "application/json": { schema: Ask }, "application/x-www-form-urlencoded": { schema: Ask } },
      },
    },
  },
};

export const besidePaths: ZodOpenApiPathsObject = { ...ingestPaths, ...operationPaths };
export const besideSecurity = {
  devicePassword: { type: "http", scheme: "basic" },
  deviceToken: { type: "apiKey", in: "query", name: "token" },
} as const;
