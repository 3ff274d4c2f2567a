import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { Env } from "@/server/env";
import { textFrame } from "@/server/realtime/embedded/text-frame";
import type { Dismissible } from "./drain";
import { FrameBoundary } from "./frame-boundary";

/** Paths of the Pusher protocol that browsers connect to. */
export const isRealtimePath = (url: string | undefined): boolean => (url ?? "").startsWith("/app/");

type Settings = Pick<Env, "PUSHER_HOST" | "PUSHER_PORT" | "PUSHER_TLS" | "REALTIME_PORT">;
export type RealtimeTarget = { host: string; port: number } | { path: string };

/** Where the web port hands realtime connections on: the embedded server, or another one in the same network. */
export function realtimeTarget(settings: Settings): RealtimeTarget | null {
  if (settings.PUSHER_HOST === undefined) return { host: "127.0.0.1", port: settings.REALTIME_PORT };
  return settings.PUSHER_TLS ? null : { host: settings.PUSHER_HOST, port: settings.PUSHER_PORT ?? 6001 };
}

/**
 * Hands a WebSocket upgrade to the realtime server and pipes bytes both ways from then on. The caller's address goes along in X-Forwarded-For, because that server counts connections per address.
 * @returns how to send the client away, when this process stops before the realtime server does
 */
export function proxyUpgrade(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  target: RealtimeTarget,
): Dismissible {
  const upstream = connect(target);
  const close = () => {
    client.destroy();
    upstream.destroy();
  };
  const boundary = new FrameBoundary();
  upstream.on("data", (chunk) => boundary.push(chunk));
  upstream.on("connect", () => {
    upstream.write(requestHead(request));
    if (head.length > 0) upstream.write(head);
    upstream.pipe(client);
    client.pipe(upstream);
  });
  upstream.on("error", () => {
    // Before the upgrade the caller still speaks HTTP; pusher-js tries again by itself.
    if (upstream.bytesRead === 0 && client.writable)
      client.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n");
    else close();
  });
  client.on("error", close);
  upstream.on("close", close);
  client.on("close", close);
  return {
    sendAway: () => {
      if (!boundary.isBetweenFrames || !client.writable) return close();
      upstream.unpipe(client);
      client.end(COME_BACK);
    },
  };
}

const CLOSING = { code: 4200, message: "Server closing, reconnect" };

/** Pusher's error 4200, said in a message and in the close frame: pusher-js reconnects at once, to another process. */
const COME_BACK = Buffer.concat([
  textFrame(JSON.stringify({ event: "pusher:error", data: CLOSING })),
  Buffer.from([0x88, 2 + CLOSING.message.length, CLOSING.code >> 8, CLOSING.code & 0xff]),
  Buffer.from(CLOSING.message),
]);

function requestHead(request: IncomingMessage): string {
  const lines = [`${request.method ?? "GET"} ${request.url ?? "/"} HTTP/1.1`];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i] ?? "";
    if (name.toLowerCase() !== "x-forwarded-for") lines.push(`${name}: ${request.rawHeaders[i + 1] ?? ""}`);
  }
  const hops = [request.headers["x-forwarded-for"] ?? [], request.socket.remoteAddress ?? []].flat();
  return `${[...lines, `X-Forwarded-For: ${hops.join(", ")}`].join("\r\n")}\r\n\r\n`;
}
