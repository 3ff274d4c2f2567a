import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { APP, startServer } from "@/server/realtime/embedded/testing";
import { readPusherConfig } from "./config";
import { createPublisher, type RealtimePublisher } from "./publisher";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const publisherFor = (port: number, over: { timeoutMs?: number; isEmbedded?: boolean } = {}): RealtimePublisher => {
  const { isEmbedded = true, ...options } = over;
  const config = { appId: APP.id, key: APP.key, secret: APP.secret, host: "127.0.0.1", port, isTls: false, isEmbedded };
  const publisher = createPublisher(config, options);
  closers.push(() => publisher.close());
  return publisher;
};

/** A server that plays back recorded answers. */
async function recorded(listener: RequestListener) {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))));
  return (server.address() as AddressInfo).port;
}

async function embedded() {
  const running = await startServer();
  closers.push(() => running.stop());
  return running;
}

const EVENT = { channel: "room", name: "moved", data: { n: 1 } };

test("an error that Soketi puts into a 200 is an error, with its code", async () => {
  const bodies = [
    // Soketi 1.6.1: a batch that is too large, a bad signature, an unknown app.
    { body: '{"error":"The event data should be less than 10 KB.","code":413}', status: 413 },
    { body: '{"error":"The secret authentication failed","code":401}', status: 401 },
    { body: '{"error":"The app app1 could not be found.","code":404}', status: 404 },
    { body: '{"ok":false}', status: undefined },
    { body: "<html>proxy</html>", status: undefined },
    { body: "", status: undefined },
  ];
  for (const { body, status } of bodies) {
    const port = await recorded((_, response) => response.end(body));
    await expect(publisherFor(port).publish([EVENT])).rejects.toMatchObject({ name: "RealtimeError", status });
  }
  for (const body of ['{"ok":true}', "{}", '{"batch":[{}]}']) {
    const port = await recorded((_, response) => response.end(body));
    await expect(publisherFor(port).publish([EVENT])).resolves.toBeUndefined();
  }
});

test("a real error status, silence and a closed port are errors that tell no address and no secret", async () => {
  const refusing = await recorded((_, response) => response.writeHead(500).end("{}"));
  await expect(publisherFor(refusing).publish([EVENT])).rejects.toMatchObject({ status: 500 });
  const silent = await recorded(() => undefined);
  await expect(publisherFor(silent, { timeoutMs: 50 }).publish([EVENT])).rejects.toThrow("did not take a call");
  const endless = await recorded((_, response) => response.writeHead(200).write("{"));
  await expect(publisherFor(endless, { timeoutMs: 50 }).publish([EVENT])).rejects.toThrow("did not end in time");
  const error: unknown = await publisherFor(1)
    .publish([EVENT])
    .catch((caught: unknown) => caught);
  expect(String(error)).not.toMatch(/127|auth_|secret/);
});

test("many events arrive in order, ten a request, over one kept connection", async () => {
  const sizes: number[] = [];
  const peers = new Set<number | undefined>();
  const port = await recorded((request, response) => {
    peers.add(request.socket.remotePort);
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      sizes.push((JSON.parse(body) as { batch: unknown[] }).batch.length);
      response.end("{}");
    });
  });
  await publisherFor(port).publish(Array.from({ length: 23 }, (_, n) => ({ ...EVENT, data: { n } })));
  expect(sizes).toEqual([10, 10, 3]);
  expect(peers.size).toBe(1);
});

test("an event over 10 KB is an error and keeps the others from nobody", async () => {
  const { port, server } = await embedded();
  const large = { ...EVENT, name: "large", data: "x".repeat(10_240) };
  await expect(publisherFor(port).publish([EVENT, large, EVENT])).rejects.toMatchObject({ status: 413 });
  expect(server.metrics.publishedTotal).toBe(2);
});

test("claiming a socket makes it the person's; terminating the person closes it", async () => {
  const { port, connect } = await embedded();
  const publisher = publisherFor(port);
  const mine = await connect();
  await expect.poll(() => mine.frames.length).toBe(1);
  expect(await publisher.claimSocket("u1", mine.socketId(), [mine.socketId(), "9.9"])).toEqual({
    open: [mine.socketId()],
    closed: [],
    since: expect.any(Number),
  });
  await expect(publisher.claimSocket("u2", mine.socketId(), [])).rejects.toMatchObject({ status: 409 });
  expect(await publisher.claimSocket("u1", "9.9", [])).toMatchObject({ open: [], closed: [] });
  await publisher.terminateUser("u1");
  await expect.poll(() => mine.closeCode()).toBe(4009);
  expect(await publisherFor(port, { isEmbedded: false }).claimSocket("u1", "9.9", [])).toBe(null);
});

test("without PUSHER_HOST the embedded server is meant, with it any other", () => {
  const env = { PUSHER_APP_ID: "app", PUSHER_KEY: "key", PUSHER_SECRET: "s" };
  expect(readPusherConfig({ ...env, PUSHER_HOST: "", REALTIME_PORT: "7001" })).toMatchObject({
    host: "127.0.0.1",
    port: 7001,
    isEmbedded: true,
  });
  expect(readPusherConfig({ ...env, PUSHER_HOST: "soketi", PUSHER_TLS: "1" })).toMatchObject({
    host: "soketi",
    port: 443,
    isTls: true,
    isEmbedded: false,
  });
});
