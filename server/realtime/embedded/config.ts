import { z } from "zod";
import { isLoopback } from "@/server/client-address";
import type { AppConfig } from "./app";
import { DEFAULT_LIMITS, type Limits } from "./limits";

export type ServerConfig = {
  host: string;
  port: number;
  apps: AppConfig[];
  limits: Limits;
  /** Origins of browsers beside the server's own. */
  allowedOrigins: string[];
  /** Peers whose X-Forwarded-* headers count: addresses or CIDR ranges. */
  trustedProxies: string[];
  /** Bearer token of /metrics, or null for an open one. */
  metricsToken: string | null;
};

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );
const isOn = (value: string | undefined) => value === "1" || value === "true";

const Environment = z.object({
  PUSHER_APP_ID: z.string().min(1),
  PUSHER_KEY: z.string().min(1),
  PUSHER_SECRET: z.string().min(1),
  REALTIME_HOST: z.string().optional(),
  HOST: z.string().optional(),
  REALTIME_PORT: z.coerce.number().int().min(0).max(65_535).default(6001),
  REALTIME_MAX_CONNECTIONS: z.coerce.number().int().positive().default(DEFAULT_LIMITS.connections),
  REALTIME_MAX_PER_ADDRESS: z.coerce.number().int().positive().default(DEFAULT_LIMITS.connectionsPerAddress),
  REALTIME_CHECK_APP: z.string().optional(),
  ALLOWED_ORIGINS: list,
  TRUSTED_PROXIES: list,
  METRICS_TOKEN: z.string().optional(),
});

/** A second app for protocol checks: it allows client events, and its credentials are the first one's with `-check`. */
export const checkApp = (app: AppConfig): AppConfig => ({
  id: `${app.id}-check`,
  key: `${app.key}-check`,
  secret: `${app.secret}-check`,
  allowsClientEvents: true,
});

/**
 * Reads the embedded server's configuration.
 * @throws Error with one clear line when something is missing, or when a weak secret would be reachable from outside
 */
export function readServerConfig(env: Record<string, string | undefined>): ServerConfig {
  // Compose files pass an unset variable as an empty one.
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")));
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`);
    throw new Error(`realtime server: wrong or missing setting: ${names.join(", ")}`);
  }
  const e = parsed.data;
  const host = e.REALTIME_HOST ?? e.HOST ?? "127.0.0.1";
  const isLocal = host === "localhost" || isLoopback(host);
  if (!isLocal && isWeak(e.PUSHER_SECRET))
    throw new Error(
      "realtime server: PUSHER_SECRET is a default or shorter than 32 characters; refusing to listen beyond loopback",
    );
  const app = { id: e.PUSHER_APP_ID, key: e.PUSHER_KEY, secret: e.PUSHER_SECRET, allowsClientEvents: false };
  return {
    host,
    port: e.REALTIME_PORT,
    apps: isOn(e.REALTIME_CHECK_APP) ? [app, checkApp(app)] : [app],
    limits: {
      ...DEFAULT_LIMITS,
      connections: e.REALTIME_MAX_CONNECTIONS,
      connectionsPerAddress: e.REALTIME_MAX_PER_ADDRESS,
    },
    allowedOrigins: e.ALLOWED_ORIGINS,
    trustedProxies: isLocal ? ["127.0.0.0/8", "::1", ...e.TRUSTED_PROXIES] : e.TRUSTED_PROXIES,
    metricsToken: e.METRICS_TOKEN ?? null,
  };
}

const isWeak = (secret: string) =>
  secret.length < 32 || /change-?me|example|default|password/i.test(secret) || new Set(secret).size < 8;
