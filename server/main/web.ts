import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { answerAhead, answerOwn } from "@/server/api/ahead-of-next";
import { answerIngest, isIngestRequest } from "@/server/api/ingest/adapters";
import {
  CLIENT_IP_HEADER,
  clientAddress,
  forwardedFor,
  parseProxies,
  trustClientIpHeader,
} from "@/server/client-address";
import { type Env, env } from "@/server/env";
import { lifecycle } from "@/server/lifecycle";
import { ingestPipeline } from "@/server/services/positions/ingest";
import { startProcess } from "@/server/start";
import { type Dismissible, drain } from "./drain";
import { isRealtimePath, proxyUpgrade, realtimeTarget } from "./realtime-proxy";
import { type Running, runProcess } from "./run-process";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The web process: pages and API by Next, the realtime channel by the embedded server behind the same port. */
async function startWeb(): Promise<Running> {
  startProcess();
  const settings = env();
  const isDev = settings.NODE_ENV === "development";
  const server = createServer(patience(settings));
  const app = next({
    dev: isDev,
    dir: process.cwd(),
    hostname: settings.HOST,
    port: settings.PORT,
    httpServer: server,
  });
  await app.prepare();
  trustClientIpHeader();
  const gps = ingestPipeline();
  server.on("request", onRequest(app.getRequestHandler(), settings));
  const upgraded = new Set<Dismissible>();
  server.on("upgrade", onUpgrade(settings, upgraded));
  // Longer than the idle time of common load balancers, so that they close first and no request meets a closed socket.
  server.keepAliveTimeout = 65_000;
  await listen(server, settings);
  console.log(`web ready on ${settings.HOST}:${settings.PORT}`);
  const graceMs = settings.DRAIN_S * 1_000;
  return {
    graceMs,
    stop: async () => {
      await drain(server, upgraded, graceMs);
      await gps.stop();
      await app.close();
    },
  };
}

/** A body that trickles in keeps its connection for so long and no longer; looked at every second. */
const patience = ({ REQUEST_TIMEOUT_S }: Env) => ({
  requestTimeout: REQUEST_TIMEOUT_S * 1_000,
  headersTimeout: Math.min(REQUEST_TIMEOUT_S, 15) * 1_000,
  connectionsCheckingInterval: 1_000,
});

function onRequest(handle: Handle, settings: Env) {
  const proxies = parseProxies(settings.TRUSTED_PROXIES);
  return (request: IncomingMessage, response: ServerResponse) => {
    const hops = forwardedFor(request.headers);
    request.headers[CLIENT_IP_HEADER] = clientAddress(request.socket.remoteAddress ?? "", hops, proxies);
    if (lifecycle().isDraining) response.setHeader("Connection", "close");
    response.on("finish", () => discardRest(request));
    answer(handle, request, response).catch((error: unknown) => {
      console.error("web: request failed", error instanceof Error ? error.name : typeof error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  };
}

/** What a refused body still has to come is read and dropped: unread it would hold up the next request on its connection. */
function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.removeAllListeners("data");
  request.resume();
}

/** Phones and consoles do not wait for Next: the GPS path and our API are answered ahead of it. */
function answer(handle: Handle, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/" } = request;
  if (isIngestRequest(method, url)) return answerIngest(request, response, String(request.headers[CLIENT_IP_HEADER]));
  const own = answerAhead(method, url);
  return own ? answerOwn(request, response, own) : handle(request, response);
}

function onUpgrade(settings: Env, upgraded: Set<Dismissible>) {
  const target = realtimeTarget(settings);
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isRealtimePath(request.url) && target) {
      const proxied = proxyUpgrade(request, socket, head, target);
      upgraded.add(proxied);
      socket.on("close", () => upgraded.delete(proxied));
    } else if (settings.NODE_ENV !== "development") {
      // Under development Next listens for its own upgrades.
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    }
  };
}

const listen = (server: Server, { HOST, PORT }: Env) =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });

await runProcess("web", startWeb);
