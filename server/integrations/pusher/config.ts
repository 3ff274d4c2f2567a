import { z } from "zod";

/** Where the realtime server is and how this process signs for it. */
export type PusherConfig = {
  appId: string;
  key: string;
  secret: string;
  host: string;
  port: number;
  isTls: boolean;
  /** Our own server on loopback, which knows more calls than Pusher's API. */
  isEmbedded: boolean;
};

const Environment = z.object({
  PUSHER_APP_ID: z.string().min(1),
  PUSHER_KEY: z.string().min(1),
  PUSHER_SECRET: z.string().min(1),
  PUSHER_HOST: z.string().min(1).optional(),
  PUSHER_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  PUSHER_TLS: z
    .union([z.boolean(), z.enum(["0", "1", "true", "false"]).transform((value) => /1|true/.test(value))])
    .default(false),
  REALTIME_PORT: z.coerce.number().int().min(1).max(65_535).default(6001),
});

/**
 * Any Pusher-compatible server when PUSHER_HOST is set, else the embedded one.
 * @throws z.ZodError naming the settings that are missing or wrong
 */
export function readPusherConfig(env: z.input<typeof Environment> | Record<string, unknown>): PusherConfig {
  const e = Environment.parse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")));
  const credentials = { appId: e.PUSHER_APP_ID, key: e.PUSHER_KEY, secret: e.PUSHER_SECRET };
  if (e.PUSHER_HOST === undefined)
    return { ...credentials, host: "127.0.0.1", port: e.REALTIME_PORT, isTls: false, isEmbedded: true };
  const port = e.PUSHER_PORT ?? (e.PUSHER_TLS ? 443 : 6001);
  return { ...credentials, host: e.PUSHER_HOST, port, isTls: e.PUSHER_TLS, isEmbedded: false };
}
