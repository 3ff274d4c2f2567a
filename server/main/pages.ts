import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { setPriority } from "node:os";
import path from "node:path";
import next from "next";
import { answerAhead, answerOwn } from "@/server/api/ahead-of-next";
import { isOpenedAhead, trustClientIpHeader } from "@/server/client-address";
import { env } from "@/server/env";
import { lifecycle } from "@/server/lifecycle";
import { frontMetrics, type MetricValues } from "@/server/metrics";
import { startProcess } from "@/server/start";
import type { FromPages, ToPages } from "./pages-messages";
import { type Running, runProcess } from "./run-process";

/** Where processors are short fixes go first: they take little, and what drives does not wait. */
const NICE = 5;
/** Without an answer for so long, the metrics of the public port's process are left out. */
const METRICS_WITHIN_MS = 1_000;

/**
 * The process of the pages: all but GPS and realtime, by Next. It is served to the process of the public port alone, which
 * started it, says who calls, ends bodies that trickle in, and ends it.
 */
async function startPages(socketPath: string): Promise<Running> {
  setPriority(NICE);
  startProcess();
  const { HOST, NODE_ENV, PORT } = env();
  const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
  const app = next({
    dev: NODE_ENV === "development",
    dir: process.cwd(),
    hostname: HOST,
    port: PORT,
    httpServer: server,
  });
  await app.prepare();
  trustClientIpHeader();
  const handle = app.getRequestHandler();
  server.on("request", (request, response) => {
    if (isOpenedAhead(request)) {
      response.writeHead(204).end();
      return;
    }
    // Our API does not wait for Next either.
    const own = answerAhead(request.method ?? "GET", request.url ?? "/");
    const answered = own ? answerOwn(request, response, own) : handle(request, response);
    answered.catch((error: unknown) => {
      console.error("pages: request failed", error instanceof Error ? error.name : typeof error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  frontMetrics().read = askForMetrics();
  process.on("message", (message: ToPages) => {
    if (message.tell === "draining") lifecycle().isDraining = true;
  });
  // What one left that was killed.
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  tell({ tell: "ready" });
  return {
    stop: async () => {
      server.closeAllConnections();
      await app.close();
      // Also where the process of the public port was killed and cannot clean up.
      rmSync(path.dirname(socketPath), { recursive: true, force: true });
    },
  };
}

const tell = (message: FromPages) => process.send?.(message);

function askForMetrics(): () => Promise<MetricValues> {
  const waiting = new Map<number, (metrics: MetricValues) => void>();
  let asked = 0;
  process.on("message", (message: ToPages) => {
    if (message.tell === "metrics") waiting.get(message.asked)?.(message.metrics);
  });
  return () =>
    new Promise((resolve) => {
      const id = ++asked;
      const done = (metrics: MetricValues) => {
        clearTimeout(late);
        waiting.delete(id);
        resolve(metrics);
      };
      const late = setTimeout(() => done([]), METRICS_WITHIN_MS);
      waiting.set(id, done);
      tell({ tell: "ask-metrics", asked: id });
    });
}

const [, , socketPath] = process.argv;
if (!socketPath || !process.send) {
  console.error("pages are started by the web process");
  process.exit(1);
}
await runProcess("pages", () => startPages(socketPath), "parent");
