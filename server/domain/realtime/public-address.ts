/** Where a browser opens its socket. */
export type PublicAddress = { host: string; port: number; tls: boolean };

type Settings = {
  PUSHER_HOST?: string | undefined;
  PUSHER_PORT?: number | undefined;
  PUSHER_TLS: boolean;
  PUSHER_PUBLIC_HOST?: string | undefined;
  PUSHER_PUBLIC_PORT?: number | undefined;
  PUSHER_PUBLIC_TLS?: boolean | undefined;
  PUBLIC_URL?: string | undefined;
};

/**
 * The realtime server's address for callers of this request: the other server's when one is configured, else our own
 * web address, since the embedded server is reached through the web port.
 * @param request.host - the Host header @param request.isHttps - whether the caller came by https
 */
export function publicAddress(settings: Settings, request: { host: string; isHttps: boolean }): PublicAddress {
  if (settings.PUSHER_HOST !== undefined) {
    const tls = settings.PUSHER_PUBLIC_TLS ?? settings.PUSHER_TLS;
    const host = settings.PUSHER_PUBLIC_HOST ?? settings.PUSHER_HOST;
    return { host, port: settings.PUSHER_PUBLIC_PORT ?? settings.PUSHER_PORT ?? (tls ? 443 : 6001), tls };
  }
  const url = new URL(settings.PUBLIC_URL ?? `${request.isHttps ? "https" : "http"}://${request.host}`);
  const tls = url.protocol === "https:";
  return { host: url.hostname, port: Number(url.port) || (tls ? 443 : 80), tls };
}
