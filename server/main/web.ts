import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { openDb } from "@/db/client";
import { answerIngest, isIngestRequest } from "@/server/api/ingest/adapters";
import { clientAddress, forwardedFor, parseProxies } from "@/server/client-address";
import { setDatabase } from "@/server/database";
import { type Env, env } from "@/server/env";
import { lifecycle } from "@/server/lifecycle";
import { ingestPipeline } from "@/server/services/positions/ingest";
import { startProcess } from "@/server/start";
import { type Dismissible, drain } from "./drain";
import { type Forward, forwardTo } from "./forward";
import { keptConnections, openAhead } from "./kept-connections";
import { startPages } from "./pages-process";
import { isRealtimePath, proxyUpgrade, realtimeTarget } from "./realtime-proxy";
import { type Running, runProcess } from "./run-process";

/** Frames are numbered and devices in two apps told of by a few connections; the pages have a pool of their own. */
const CONNECTIONS = 3;

/**
 * The process of the public port. It answers GPS itself and pipes the realtime channel, so that no page holds up a fix nor
 * the other way round; the pages and the rest of the API are another process, which it starts, keeps up and ends.
 */
async function startWeb(): Promise<Running> {
  startProcess();
  const settings = env();
  setDatabase(openDb(settings.DATABASE_URL, { max: CONNECTIONS, prepare: settings.DATABASE_PREPARE }));
  const toPages = keptConnections();
  const pages = await startPages({ onServing: (socketPath) => openAhead(socketPath, toPages), onHopeless: giveUp });
  const gps = ingestPipeline();
  const server = createServer(patience(settings));
  server.on("request", onRequest(forwardTo(pages.socketPath, toPages), settings));
  const upgraded = new Set<Dismissible>();
  server.on("upgrade", onUpgrade(settings, pages.socketPath, upgraded));
  // Longer than the idle time of common load balancers, so that they close first and no request meets a closed socket.
  server.keepAliveTimeout = 65_000;
  await listen(server, settings);
  console.log(`web ready on ${settings.HOST}:${settings.PORT}`);
  const graceMs = settings.DRAIN_S * 1_000;
  return {
    graceMs,
    stop: async () => {
      pages.markDraining();
      await drain(server, upgraded, graceMs);
      await Promise.all([gps.stop(), pages.stop()]);
    },
  };
}

/** Without pages nobody can work here: whoever keeps this process up starts both anew. */
function giveUp(error: Error): void {
  console.error(`web: ${error.message}`);
  process.exit(1);
}

/** A body that trickles in keeps its connection for so long and no longer; looked at every second. */
const patience = ({ REQUEST_TIMEOUT_S }: Env) => ({
  requestTimeout: REQUEST_TIMEOUT_S * 1_000,
  headersTimeout: Math.min(REQUEST_TIMEOUT_S, 15) * 1_000,
  connectionsCheckingInterval: 1_000,
});

function onRequest(forward: Forward, settings: Env) {
  const proxies = parseProxies(settings.TRUSTED_PROXIES);
  return (request: IncomingMessage, response: ServerResponse) => {
    const ip = clientAddress(request.socket.remoteAddress ?? "", forwardedFor(request.headers), proxies);
    if (lifecycle().isDraining) response.setHeader("Connection", "close");
    response.on("finish", () => discardRest(request));
    if (!isIngestRequest(request.method ?? "GET", request.url ?? "/")) return forward(request, response, ip);
    answerIngest(request, response, ip).catch((error: unknown) => {
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

function onUpgrade(settings: Env, pagesSocket: string, upgraded: Set<Dismissible>) {
  const realtime = realtimeTarget(settings);
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Under development Next tells browsers what changed on a socket of its own.
    const development = settings.NODE_ENV === "development" ? { path: pagesSocket } : null;
    const target = isRealtimePath(request.url) ? realtime : development;
    if (!target) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    const proxied = proxyUpgrade(request, socket, head, target);
    upgraded.add(proxied);
    socket.on("close", () => upgraded.delete(proxied));
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
