import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { answerIngest, isIngestRequest } from "@/server/api/ingest/adapters";
import { CLIENT_IP_HEADER, clientIp, parseProxies, trustClientIpHeader } from "@/server/api/rest/kit/client-ip";
import { type Env, env } from "@/server/env";
import { lifecycle } from "@/server/lifecycle";
import { ingestPipeline } from "@/server/services/positions/ingest";
import { startProcess } from "@/server/start";
import { isRealtimePath, proxyUpgrade, realtimeTarget } from "./realtime-proxy";
import { type Running, runProcess } from "./run-process";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The web process: pages and API by Next, the realtime channel by the embedded server behind the same port. */
async function startWeb(): Promise<Running> {
  startProcess();
  const settings = env();
  const isDev = settings.NODE_ENV === "development";
  const server = createServer();
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
  const upgraded = new Set<Duplex>();
  server.on("upgrade", onUpgrade(settings, upgraded));
  // Longer than the idle time of common load balancers, so that they close first and no request meets a closed socket.
  server.keepAliveTimeout = 65_000;
  await listen(server, settings);
  console.log(`web ready on ${settings.HOST}:${settings.PORT}`);
  return {
    stop: async () => {
      lifecycle().isDraining = true;
      await drain(server, upgraded);
      await gps.stop();
      await app.close();
    },
  };
}

function onRequest(handle: Handle, settings: Env) {
  const proxies = parseProxies(settings.TRUSTED_PROXIES);
  return (request: IncomingMessage, response: ServerResponse) => {
    const forwarded = request.headers["x-forwarded-for"];
    const hops = Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? null);
    request.headers[CLIENT_IP_HEADER] = clientIp(request.socket.remoteAddress ?? "", hops, proxies);
    if (lifecycle().isDraining) response.setHeader("Connection", "close");
    const isIngest = isIngestRequest(request.method ?? "GET", request.url ?? "/");
    // Phones do not wait for Next: the GPS path is answered ahead of it.
    const answered = isIngest
      ? answerIngest(request, response, String(request.headers[CLIENT_IP_HEADER]))
      : handle(request, response);
    answered.catch((error: unknown) => {
      console.error("web: request failed", error instanceof Error ? error.name : typeof error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  };
}

function onUpgrade(settings: Env, upgraded: Set<Duplex>) {
  const target = realtimeTarget(settings);
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    if (isRealtimePath(request.url) && target) {
      proxyUpgrade(request, socket, head, target);
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

/** Takes no new connection, waits for the answers under way and hangs up on the realtime ones: browsers reconnect. */
const drain = (server: Server, upgraded: Set<Duplex>) =>
  new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
    for (const socket of upgraded) socket.destroy();
  });

await runProcess("web", startWeb);
