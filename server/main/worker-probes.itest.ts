import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { setDatabase } from "@/server/database";
import { env } from "@/server/env";
import { lifecycle } from "@/server/lifecycle";
import { metrics } from "@/server/metrics";
import { listenForProbes } from "./worker-probes";

const database = useTestDatabase();
let server: Server;

beforeAll(async () => {
  setDatabase(database.db);
  server = await listenForProbes("127.0.0.1", 0);
});
afterAll(() => {
  server.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers });

test("a worker with its database is alive and ready", async () => {
  expect((await get("/api/health")).status).toBe(200);
  expect((await get("/api/ready")).status).toBe(200);
});

test("a worker on its way out is alive and not ready", async () => {
  lifecycle().isDraining = true;
  try {
    expect((await get("/api/health")).status).toBe(200);
    expect((await get("/api/ready")).status).toBe(503);
  } finally {
    lifecycle().isDraining = false;
  }
});

test("its metrics need the token, hold what its jobs took, and leave out what web processes read of the database", async () => {
  metrics().jobSeconds.observe({ job: "partitions", result: "ok" }, 0.2);
  expect((await get("/api/metrics")).status).toBe(401);
  const answer = await get("/api/metrics", { authorization: `Bearer ${env().METRICS_TOKEN}` });
  const text = await answer.text();
  expect(text).toContain('runboard_job_duration_seconds_count{job="partitions",result="ok"} 1');
  expect(text).not.toMatch(/^runboard_jobs\{/m);
});

test("everything else is not found", async () => {
  expect((await get("/api/v1/trips")).status).toBe(404);
  expect((await get("/")).status).toBe(404);
});
