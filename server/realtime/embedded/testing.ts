import { createRequire } from "node:module";
import Pusher from "pusher";
import type PusherClient from "pusher-js";
import WebSocket from "ws";
import type { AppConfig } from "./app";
import { checkApp, type ServerConfig } from "./config";
import { DEFAULT_LIMITS, type Limits } from "./limits";
import { RealtimeServer } from "./server";

// The package's node entry is CommonJS and its types name the browser's default export.
const PusherJs = createRequire(import.meta.url)("pusher-js") as typeof PusherClient;

export const APP: AppConfig = { id: "app", key: "key", secret: "a-secret-for-tests-only", allowsClientEvents: false };
export const CHECK_APP = checkApp(APP);

export type Frame = { event: string; channel?: string; data: unknown };

/** A server on a free port with everything a test needs to talk to it; `stop` ends all of it. */
export async function startServer(limits: Partial<Limits> = {}, config: Partial<ServerConfig> = {}) {
  const bugs: unknown[] = [];
  const server = new RealtimeServer(
    {
      host: "127.0.0.1",
      port: 0,
      apps: [APP, CHECK_APP],
      limits: { ...DEFAULT_LIMITS, sweepEveryMs: 20, closeWaitMs: 300, ...limits },
      allowedOrigins: [],
      trustedProxies: ["127.0.0.0/8"],
      metricsToken: null,
      ...config,
    },
    (error) => bugs.push(error),
  );
  const port = await server.listen();
  const sockets: WebSocket[] = [];
  const clients: PusherClient[] = [];
  const publisher = (app = APP) =>
    new Pusher({
      appId: app.id,
      key: app.key,
      secret: app.secret,
      host: "127.0.0.1",
      port: String(port),
      useTLS: false,
    });

  const connect = async (options: ConnectOptions = {}) => {
    const opened = await openBareSocket(port, publisher(options.app), options);
    sockets.push(opened.ws);
    return opened;
  };
  const client = ({ app = APP, authorize = true }: { app?: AppConfig; authorize?: boolean } = {}) => {
    const created = openRealClient(port, app, signedBy(publisher(authorize ? app : { ...app, secret: "another" })));
    clients.push(created);
    return created;
  };

  const stop = async () => {
    for (const each of clients) each.disconnect();
    for (const each of sockets) each.terminate();
    await server.close();
  };
  return { server, port, bugs, publisher, connect, client, stop, origin: `http://127.0.0.1:${port}` };
}

type ConnectOptions = { app?: AppConfig; headers?: Record<string, string>; path?: string };

/** A bare socket, so that a test sees each frame and each close code. */
async function openBareSocket(port: number, signer: Pusher, { app = APP, headers = {}, path }: ConnectOptions) {
  const url = `ws://127.0.0.1:${port}${path ?? `/app/${app.key}?protocol=7&client=test&version=1`}`;
  const ws = new WebSocket(url, { headers });
  const frames: Frame[] = [];
  let closeCode: number | null = null;
  ws.on("message", (data) => Buffer.isBuffer(data) && frames.push(JSON.parse(data.toString()) as Frame));
  ws.on("close", (code) => (closeCode = code));
  await new Promise<void>((resolve, reject) => {
    ws.on("error", reject);
    ws.on("open", () => resolve());
  });
  return {
    ws,
    frames,
    closeCode: () => closeCode,
    say: (event: string, data: unknown, channel?: string) => ws.send(JSON.stringify({ event, data, channel })),
    saw: (event: string) => frames.filter((frame) => frame.event === event),
    socketId: () => {
      const greeting = frames.find(({ event }) => event === "pusher:connection_established");
      return (JSON.parse(String(greeting?.data)) as { socket_id: string }).socket_id;
    },
    subscribe(channel: string) {
      const auth = channel.startsWith("private-") ? signer.authorizeChannel(this.socketId(), channel) : {};
      this.say("pusher:subscribe", { channel, ...auth });
    },
  };
}

type Authorization = Pick<ConstructorParameters<typeof PusherClient>[1], "channelAuthorization" | "userAuthentication">;

/** The real browser library. */
export const openRealClient = (port: number, app: AppConfig, authorization: Authorization) =>
  new PusherJs(app.key, {
    cluster: "none",
    wsHost: "127.0.0.1",
    wsPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    ...authorization,
  });

/** Signs everything at once; the person is `u1`. */
const signedBy = (signer: Pusher): Authorization => ({
  channelAuthorization: {
    customHandler: ({ socketId, channelName }, done) => done(null, signer.authorizeChannel(socketId, channelName)),
  },
  userAuthentication: {
    customHandler: ({ socketId }, done) => done(null, signer.authenticateUser(socketId, { id: "u1" })),
  },
});
