import "server-only";
import { z } from "zod";

const DEFAULT_SECRETS = ["changeme", "change-me", "secret", "runboard", "password", "default"];
const secret = z
  .string()
  .min(32, "must have at least 32 characters")
  .refine(
    (value) => !DEFAULT_SECRETS.some((word) => value.toLowerCase().startsWith(word)),
    "is a default: make your own",
  );
const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const port = z.coerce.number().int().min(1).max(65_535);

/** Every variable Runboard reads; `.env.example` says what each is for. */
export const EnvSchema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  /** Where the worker answers probes and Prometheus; unset: nowhere. */
  WORKER_PORT: port.optional(),
  /** The address people type; cookies are Secure when it is https. */
  PUBLIC_URL: z.url().optional(),
  /** Seconds a web process goes on serving after SIGTERM, unready, until load balancers send nothing any more. */
  DRAIN_S: z.coerce.number().min(0).max(60).default(0),
  /** Seconds in which a whole request must have arrived: 1 MB over a poor mobile network takes a minute. */
  REQUEST_TIMEOUT_S: z.coerce.number().int().min(1).max(300).default(60),
  RUNBOARD_DATA: z.string().default(".data"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  DATABASE_URL: z.string().startsWith("postgres"),
  DATABASE_DIRECT_URL: z.string().startsWith("postgres").optional(),
  /** Streaming replicas, separated by commas: the console's reads go there where they may be a moment old. */
  DATABASE_REPLICA_URLS: z
    .string()
    .default("")
    .transform((text) => text.split(",").filter((url) => url !== ""))
    .refine((urls) => urls.every((url) => url.startsWith("postgres")), "must be postgres URLs, separated by commas"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** 0 behind a pooler in transaction mode. */
  DATABASE_PREPARE: z
    .enum(["0", "1"])
    .default("1")
    .transform((value) => value === "1"),
  AUTH_SECRET: secret,
  CRON_SECRET: secret,
  METRICS_TOKEN: secret.optional(),
  /** `id:base64key[,id:base64key]`, 32 bytes each; the first encrypts, all decrypt. */
  PHI_KEYS: z.string().min(40),
  /** 32 bytes, base64: keys the blind index. */
  BLIND_INDEX_KEY: z.string().min(40),
  /** Part of cookie names, so that two copies on one host do not sign each other out (cookies ignore ports). */
  INSTANCE_ID: z
    .string()
    .regex(/^[a-z0-9]{4,32}$/)
    .default("runboard"),
  TRUSTED_PROXIES: z.string().default(""),
  ALLOWED_ORIGINS: z.string().default(""),
  PUSHER_APP_ID: z.string().min(1),
  PUSHER_KEY: z.string().min(1),
  PUSHER_SECRET: secret,
  PUSHER_HOST: z.string().optional(),
  PUSHER_PORT: port.optional(),
  PUSHER_TLS: flag,
  /** Where browsers reach that server, when it is another address than ours to it. */
  PUSHER_PUBLIC_HOST: z.string().optional(),
  PUSHER_PUBLIC_PORT: port.optional(),
  PUSHER_PUBLIC_TLS: z
    .enum(["0", "1"])
    .optional()
    .transform((value) => (value === undefined ? undefined : value === "1")),
  /** Port of the embedded realtime server on loopback. */
  REALTIME_PORT: port.default(6001),
  MAP_PMTILES: z.string().optional(),
  MAP_STYLE_URL: z.url().optional(),
  ARCHIVE_S3_ENDPOINT: z.url().optional(),
  ARCHIVE_S3_BUCKET: z.string().optional(),
  ARCHIVE_S3_REGION: z.string().default("us-east-1"),
  ARCHIVE_S3_ACCESS_KEY_ID: z.string().optional(),
  ARCHIVE_S3_SECRET_ACCESS_KEY: z.string().optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
});

export type Env = z.output<typeof EnvSchema>;

/**
 * Reads the environment once.
 * @throws Error with one line that names every missing or wrong variable, never its value
 */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  // Compose files pass an unset variable as an empty one.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = EnvSchema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => {
        const name = path.join(".");
        return name in given ? `${name} ${message}` : `${name} is missing`;
      });
  if (parsed.success && parsed.data.NODE_ENV === "production" && !parsed.data.METRICS_TOKEN) {
    problems.push("METRICS_TOKEN is required in production");
  }
  if (!parsed.success || problems.length > 0) throw new Error(`Environment: ${problems.join("; ")}`);
  return parsed.data;
}

let cached: Env | undefined;
/** The environment of this process, read at first use so that `next build` needs none. */
export const env = (): Env => {
  cached ??= parseEnv(process.env);
  return cached;
};
