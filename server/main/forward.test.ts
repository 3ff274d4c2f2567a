import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { forwardTo } from "./forward";
import { keptConnections } from "./kept-connections";

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const closing = (server: Server) =>
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });

/** A server of pages behind a socket, and the port in front of it. */
async function behind(pages: RequestListener | null, ip = "203.0.113.9"): Promise<number> {
  const dir = mkdtempSync(path.join(tmpdir(), "rb-forward-"));
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  const socketPath = path.join(dir, "pages.sock");
  if (pages) {
    const server = createServer(pages);
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    closing(server);
  }
  const forward = forwardTo(socketPath, keptConnections());
  const front = createServer((incoming, outgoing) => forward(incoming, outgoing, ip));
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  closing(front);
  return (front.address() as AddressInfo).port;
}

const textOf = async (message: IncomingMessage) => {
  let text = "";
  for await (const chunk of message) text += String(chunk);
  return text;
};

test("a request arrives as it was sent, with the caller's address, and its answer comes back as it was given", async () => {
  let heard: IncomingMessage | undefined;
  const port = await behind((incoming, outgoing) => {
    heard = incoming;
    void textOf(incoming).then((text) => {
      outgoing.writeHead(201, ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "Content-Type", "text/plain"]);
      outgoing.end(`got ${text}`);
    });
  });
  const answer = await fetch(`http://127.0.0.1:${port}/trips/1?a=%20b`, {
    method: "POST",
    body: "hello",
    headers: { "X-Runboard-Client-Ip": "10.0.0.1", "X-Forwarded-For": "10.0.0.2", Cookie: "c=3" },
  });
  expect([answer.status, answer.headers.getSetCookie(), await answer.text()]).toEqual([
    201,
    ["a=1", "b=2"],
    "got hello",
  ]);
  expect([heard?.method, heard?.url]).toEqual(["POST", "/trips/1?a=%20b"]);
  expect(heard?.headers).toMatchObject({
    host: `127.0.0.1:${port}`,
    "x-runboard-client-ip": "203.0.113.9",
    "x-forwarded-for": "10.0.0.2",
    cookie: "c=3",
    "content-length": "5",
  });
});

test("what speaks of one connection stays on it", async () => {
  let heard: IncomingMessage | undefined;
  const port = await behind((incoming, outgoing) => {
    heard = incoming;
    outgoing.writeHead(200, { "Keep-Alive": "timeout=1", Connection: "close, X-Own", "X-Own": "1", "X-Kept": "1" });
    outgoing.end();
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { Connection: "close, X-Mine", "X-Mine": "1", TE: "trailers", "X-Kept": "1" };
    request({ port, host: "127.0.0.1", headers }, resolve).on("error", reject).end();
  });
  answer.resume();
  expect(heard?.headers).toMatchObject({ "x-kept": "1" });
  for (const name of ["x-mine", "te"]) expect(heard?.headers).not.toHaveProperty(name);
  expect(answer.headers).toMatchObject({ "x-kept": "1", connection: "close" });
  for (const name of ["x-own", "keep-alive"]) expect(answer.headers).not.toHaveProperty(name);
});

test("a body in chunks arrives whole, and so does an answer in chunks", async () => {
  const port = await behind((incoming, outgoing) => {
    incoming.pipe(outgoing);
  });
  const body = "0123456789".repeat(50_000);
  const answer = await new Promise<string>((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method: "POST" }, (message) => void textOf(message).then(resolve));
    sent.on("error", reject);
    sent.write(body.slice(0, 1_000));
    sent.end(body.slice(1_000));
  });
  expect(answer).toBe(body);
});

test("connections to the pages are used again", async () => {
  const sockets = new Set<unknown>();
  const port = await behind((incoming, outgoing) => {
    sockets.add(incoming.socket);
    outgoing.end("ok");
  });
  for (let n = 0; n < 5; n++) expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ok");
  expect(sockets.size).toBe(1);
});

test("without the pages' process the caller hears to come again", async () => {
  const answer = await fetch(`http://127.0.0.1:${await behind(null)}/api/ready`);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await answer.json()).toMatchObject({
    error: { code: "unavailable", reasons: [{ path: "pages", code: "down" }] },
  });
});

test("an answer that breaks off is not taken for the whole", async () => {
  const port = await behind((_incoming, outgoing) => {
    outgoing.writeHead(200);
    outgoing.write("half");
    setImmediate(() => outgoing.destroy());
  });
  await expect(fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())).rejects.toThrow();
});

test("the pages learn that a caller hung up", async () => {
  let heard: (() => void) | undefined;
  const hungUp = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const port = await behind((_incoming, outgoing) => {
    outgoing.on("close", () => heard?.());
    outgoing.write("so far");
  });
  const client = connect(port, "127.0.0.1");
  client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await new Promise((resolve) => client.once("data", resolve));
  client.destroy();
  await hungUp;
});

test("nobody smuggles a second request behind a body", async () => {
  const seen: string[] = [];
  const port = await behind((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    incoming.resume();
    incoming.on("end", () => outgoing.end("ok"));
  });
  const agent = new Agent({ keepAlive: true });
  closers.push(() => agent.destroy());
  const inner = "GET /inner HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const headers of [{ "Content-Length": inner.length }, { "Transfer-Encoding": "chunked" }]) {
    await new Promise<void>((resolve, reject) => {
      // A GET with a body: its end must be known to whoever it is handed on to.
      const sent = request({ port, host: "127.0.0.1", path: "/outer", headers, agent }, (answer) => {
        answer.resume().on("end", resolve);
      });
      sent.on("error", reject);
      sent.end(inner);
    });
  }
  expect(seen).toEqual(["GET /outer", "GET /outer"]);
});
