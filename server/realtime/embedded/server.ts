import { randomInt } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { clientAddress, forwardedFor, isLoopback, isWithin, parseRanges, type Ranges } from "@/server/client-address";
import { type App, type Connection, openApp } from "./app";
import { ChannelHub } from "./channel-hub";
import type { ServerConfig } from "./config";
import { CLOSE, refuse, send, sendError } from "./connections";
import { HttpApi } from "./http-api";
import { httpListener } from "./http-listener";
import { RealtimeMetrics } from "./metrics";
import { isOriginAllowed } from "./origin";
import { ClientProtocol } from "./protocol";
import { sweepConnections } from "./sweep";
import { TokenBucket } from "./token-bucket";
import { unbindUser } from "./users";

const BASE = "http://realtime.invalid";

/** A Pusher-protocol-7 server: sockets at `/app/{key}`, HTTP API at `/apps/{id}/...`, `/ready` and `/metrics`. */
export class RealtimeServer {
  readonly metrics = new RealtimeMetrics();
  readonly #apps: App[];
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #hub: ChannelHub;
  readonly #protocol: ClientProtocol;
  readonly #proxies: Ranges;
  readonly #perAddress = new Map<string, number>();
  #sweep: NodeJS.Timeout | null = null;
  #isClosing = false;

  /** @param onBug - told of what should not happen: it is answered opaquely and the server goes on */
  constructor(
    private readonly config: ServerConfig,
    private readonly onBug: (error: unknown) => void,
  ) {
    const { limits } = config;
    this.#proxies = parseRanges(config.trustedProxies);
    this.#apps = config.apps.map(openApp);
    this.#hub = new ChannelHub(limits, this.metrics);
    this.#protocol = new ClientProtocol(this.#hub, limits);
    this.metrics.channels = () => this.#apps.reduce((sum, { channels }) => sum + channels.size, 0);
    const api = new HttpApi(this.#hub, limits);
    this.#http = createServer(httpListener({ apps: this.#apps, api, metrics: this.metrics, config, onBug }));
    this.#sockets = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: limits.inboundFrameBytes,
      clientTracking: false,
    });
    this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** @returns the port it listens on, also where the configured one is 0 */
  async listen(): Promise<number> {
    const { host, port, limits } = this.config;
    await new Promise<void>((resolve, reject) => {
      this.#http.once("error", reject);
      this.#http.listen({ port, host, backlog: 1024 }, resolve);
    });
    this.#sweep = setInterval(() => {
      for (const app of this.#apps) {
        sweepConnections(app, limits, Date.now());
        this.#hub.expire(app, Date.now());
      }
    }, limits.sweepEveryMs).unref();
    return (this.#http.address() as AddressInfo).port;
  }

  /** Sends every client away with 4200, which makes it reconnect at once (to the successor), then stops. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#sweep) clearInterval(this.#sweep);
    const stopped = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    const open = this.#apps.flatMap(({ connections }) => [...connections.values()]);
    for (const { ws } of open) refuse(ws, CLOSE.serverClosing, "Server closing, reconnect");
    const deadline = setTimeout(() => {
      for (const { ws } of open) ws.terminate();
    }, this.config.limits.closeWaitMs);
    this.#http.closeIdleConnections();
    await stopped;
    clearTimeout(deadline);
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer) {
    const socket = stream as Socket;
    // Nobody catches what is thrown here, so an address that cannot be read must not throw.
    const target = request.url ?? "/";
    const url = new URL(URL.canParse(target, BASE) ? target : "/", BASE);
    const key = /^\/app\/([^/]+)\/?$/.exec(url.pathname)?.[1];
    const isPeerTrusted = isWithin(request.socket.remoteAddress ?? "", this.#proxies);
    const denial = this.#isClosing
      ? "503 Service Unavailable"
      : key === undefined
        ? "404 Not Found"
        : isOriginAllowed(request, this.config.allowedOrigins, isPeerTrusted)
          ? null
          : "403 Forbidden";
    if (denial !== null || key === undefined) {
      this.metrics.refusedTotal++;
      socket.end(`HTTP/1.1 ${denial}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const address = clientAddress(request.socket.remoteAddress ?? "", forwardedFor(request.headers), this.#proxies);
    this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#greet(ws, socket, key, url.searchParams, address));
  }

  #greet(ws: WebSocket, socket: Socket, key: string, query: URLSearchParams, address: string) {
    // A broken frame ends in "close", which does the cleaning; without a listener it would end the process.
    ws.on("error", () => ws.terminate());
    const app = this.#apps.find((candidate) => candidate.key === key);
    const fault = this.#whyRefused(app, query, address);
    if (fault || !app) {
      this.metrics.refusedTotal++;
      return refuse(ws, fault?.code ?? CLOSE.unknownApp, fault?.message ?? "");
    }
    const connection = this.#open(app, ws, socket, address);
    ws.on("message", (data, isBinary) => {
      connection.lastSeenMs = Date.now();
      connection.pingedAtMs = null;
      if (!isBinary && Buffer.isBuffer(data)) this.#receive(connection, data.toString());
    });
    ws.on("close", () => this.#forget(connection));
    const data = { socket_id: connection.id, activity_timeout: this.config.limits.activityTimeoutS };
    send(ws, { event: "pusher:connection_established", data: JSON.stringify(data) });
  }

  #receive(connection: Connection, text: string) {
    try {
      this.#protocol.receive(connection, text);
    } catch (error) {
      this.onBug(error);
      sendError(connection.ws, null, "Internal error");
    }
  }

  #whyRefused(app: App | undefined, query: URLSearchParams, address: string) {
    const { limits } = this.config;
    const protocol = Number(query.get("protocol") ?? 7);
    if (!app) return { code: CLOSE.unknownApp, message: "Unknown app key" };
    if (!(protocol >= 5 && protocol <= 7))
      return { code: CLOSE.unsupportedProtocol, message: "Unsupported protocol version" };
    if (this.metrics.connections >= limits.connections) return { code: CLOSE.overCapacity, message: "Over capacity" };
    const isLimited = limits.loopbackIsLimited || !isLoopback(address);
    if (isLimited && (this.#perAddress.get(address) ?? 0) >= limits.connectionsPerAddress)
      return { code: CLOSE.overCapacity, message: "Too many connections from this address" };
    return null;
  }

  #open(app: App, ws: WebSocket, socket: Socket, address: string): Connection {
    const { limits } = this.config;
    const now = Date.now();
    let id: string;
    do id = `${randomInt(1, 1e9)}.${randomInt(1, 1e9)}`;
    while (app.connections.has(id));
    const connection: Connection = {
      id,
      app,
      ws,
      socket,
      address,
      subscriptions: new Map(),
      userId: null,
      lastSeenMs: now,
      pingedAtMs: null,
      messages: new TokenBucket(limits.messagesPerS, limits.messageBurst, now),
      clientEvents: new TokenBucket(limits.clientEventsPerS, limits.clientEventsPerS, now),
    };
    app.connections.set(id, connection);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    this.metrics.connections++;
    this.metrics.connectionsTotal++;
    return connection;
  }

  #forget(connection: Connection) {
    connection.app.connections.delete(connection.id);
    connection.app.closed.set(connection.id, Date.now());
    this.metrics.connections--;
    const left = (this.#perAddress.get(connection.address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(connection.address, left);
    else this.#perAddress.delete(connection.address);
    for (const name of connection.subscriptions.keys()) this.#hub.leave(connection, name);
    unbindUser(connection);
  }
}
