export type ContentSecurity = {
  nonce: string;
  /** The host that the page came from, so that its WebSocket may be named. */
  host: string;
  isDev: boolean;
  isHttps: boolean;
  /** Origins beside our own that an installation chose: another realtime server, another map style. */
  realtimeHost?: string | undefined;
  mapOrigin?: string | undefined;
};

/**
 * The policy of every page: our own files and nothing else, scripts by nonce, no plug-ins, no frames, no forms sent
 * elsewhere. Style attributes are allowed (controls place themselves by them), style elements by nonce.
 */
export function contentSecurityPolicy(from: ContentSecurity): string {
  const { nonce, host, isDev, isHttps, realtimeHost, mapOrigin } = from;
  const sockets = [`ws://${host}`, `wss://${host}`];
  const realtime = realtimeHost ? [`ws://${realtimeHost}`, `wss://${realtimeHost}`, `https://${realtimeHost}`] : [];
  const map = mapOrigin ? [mapOrigin] : [];
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDev ? ["'unsafe-eval'"] : [])],
    "style-src-elem": ["'self'", isDev ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", ...map],
    "font-src": ["'self'", ...map],
    "connect-src": ["'self'", ...sockets, ...realtime, ...map],
    "worker-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    ...(isHttps && { "upgrade-insecure-requests": [] }),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/** Headers that every page carries beside its policy. */
export const securityHeaders = (isHttps: boolean): Record<string, string> => ({
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
  ...(isHttps && { "Strict-Transport-Security": "max-age=31536000" }),
});
