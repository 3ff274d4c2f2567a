import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { isRealtimePath, proxyUpgrade, realtimeTarget } from "./realtime-proxy";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const listening = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    closers.push(() => new Promise((done) => server.close(done)));
  });

async function proxyTo(port: number): Promise<number> {
  const server = createServer();
  server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) =>
    proxyUpgrade(incoming, socket, head, { host: "127.0.0.1", port }),
  );
  return listening(server);
}

test("frames pass both ways, and the caller's address is appended to what was forwarded", async () => {
  const upstream = createServer();
  const sockets = new WebSocketServer({ server: upstream });
  sockets.on("connection", (socket, incoming) => {
    socket.send(String(incoming.headers["x-forwarded-for"]));
    socket.on("message", (data: Buffer) => socket.send(`echo ${data.toString("utf8")}`));
  });
  const port = await proxyTo(await listening(upstream));
  const client = new WebSocket(`ws://127.0.0.1:${port}/app/key?protocol=7`, {
    headers: { "X-Forwarded-For": "203.0.113.9" },
  });
  const received: string[] = [];
  client.on("open", () => client.send("hello"));
  await new Promise<void>((resolve) => {
    client.on("message", (data: Buffer) => {
      received.push(data.toString("utf8"));
      if (received.length === 2) resolve();
    });
  });
  expect(received).toEqual(["203.0.113.9, 127.0.0.1", "echo hello"]);
  const closed = new Promise((resolve) => client.on("close", resolve));
  sockets.clients.forEach((socket) => socket.terminate());
  await closed;
});

test("without a realtime server the caller is told at once", async () => {
  const gone = createServer();
  const port = await listening(gone);
  await closers.pop()?.();
  const proxy = await proxyTo(port);
  const headers = { Connection: "Upgrade", Upgrade: "websocket" };
  const status = await new Promise((resolve, reject) => {
    const call = request({ port: proxy, host: "127.0.0.1", path: "/app/key", headers });
    call.on("response", (response) => resolve(response.statusCode));
    call.on("error", reject);
    call.end();
  });
  expect(status).toBe(502);
});

test("only the protocol's own paths are handed over", () => {
  expect(isRealtimePath("/app/abc?protocol=7")).toBe(true);
  expect(isRealtimePath("/apps/1/events")).toBe(false);
  expect(isRealtimePath(undefined)).toBe(false);
});

test("another server in the same network is reached through the web port too; one with TLS is not", () => {
  const embedded = { PUSHER_HOST: undefined, PUSHER_PORT: undefined, PUSHER_TLS: false, REALTIME_PORT: 6123 };
  expect(realtimeTarget(embedded)).toEqual({ host: "127.0.0.1", port: 6123 });
  expect(realtimeTarget({ ...embedded, PUSHER_HOST: "soketi" })).toEqual({ host: "soketi", port: 6001 });
  expect(realtimeTarget({ ...embedded, PUSHER_HOST: "ws.example", PUSHER_TLS: true })).toBeNull();
});
