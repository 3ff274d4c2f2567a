import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isOpenedAhead } from "@/server/client-address";
import { keptConnections, openAhead } from "./kept-connections";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "rb-kept-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("hundreds that ask at once after a quiet time open no connection", async () => {
  const socketPath = path.join(dir, "pages.sock");
  const opened: boolean[] = [];
  const server = createServer((incoming, outgoing) => {
    opened.push(isOpenedAhead(incoming));
    outgoing.writeHead(204).end();
  });
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const agent = keptConnections();
  await openAhead(socketPath, agent);
  const ahead = connections;
  const headers = { "x-runboard-client-ip": "203.0.113.9" };
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request({ socketPath, agent, headers }, (answer) => answer.resume().on("end", resolve));
      sent.on("error", reject);
      sent.end();
    });
  await Promise.all(Array.from({ length: 400 }, ask));
  expect([ahead, connections]).toEqual([512, 512]);
  expect([opened.filter(Boolean).length, opened.filter((one) => !one).length]).toEqual([512, 400]);
  agent.destroy();
  server.close();
});

test("where nobody serves, nothing is opened and nothing fails", async () => {
  await expect(openAhead(path.join(dir, "none.sock"), keptConnections())).resolves.toBeUndefined();
});
