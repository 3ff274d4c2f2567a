import "server-only";
import { database } from "@/server/database";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { allMetrics, metrics } from "@/server/metrics";
import { sameSecret } from "@/server/security/tokens";
import { checkReadiness } from "@/server/services/health/check-readiness";
import { collectMetrics, realtimeMetrics } from "@/server/services/metrics/collect-metrics";
import { errorResponse } from "./rest/kit/respond";

/** Alive: the process answers. Looks at nothing else, so that a database that is away restarts nothing. */
export const health = (): Response => Response.json({ status: "ok" });

/** Ready: 200, or 503 naming the part that is down. */
export async function ready(): Promise<Response> {
  const { ready, parts } = await checkReadiness(database());
  if (ready) return Response.json({ status: "ready", parts });
  const down = Object.entries(parts).filter(([, state]) => state !== "ok");
  const reasons = down.map(([part, state]) => ({ path: part, code: state, message: `${part} is ${state}` }));
  return errorResponse(
    new AppError("unavailable", `not ready: ${down.map(([part]) => part).join(", ")}`, reasons, 5),
    "ready",
  );
}

/** Whether a scraper may read: it has the bearer of METRICS_TOKEN, or there is none (development) and we listen on loopback. */
function mayScrape(request: Request): boolean {
  const { METRICS_TOKEN, HOST } = env();
  const given = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!METRICS_TOKEN) return ["127.0.0.1", "localhost", "::1"].includes(HOST);
  return given !== undefined && sameSecret(given, METRICS_TOKEN);
}

/**
 * Prometheus metrics of a web process, with what it reads of the database and the realtime server, or of a worker, which
 * leaves those out so that a sum over processes counts nothing twice.
 */
export async function metricsText(request: Request, process: "web" | "worker" = "web"): Promise<Response> {
  if (!mayScrape(request)) {
    return errorResponse(new AppError("unauthenticated", "send METRICS_TOKEN as Authorization: Bearer"), "metrics");
  }
  const { registry } = metrics();
  if (process === "web") await collectMetrics(database());
  const text = process === "web" ? (await allMetrics()) + (await realtimeMetrics()) : await registry.metrics();
  return new Response(text, { headers: { "Content-Type": registry.contentType } });
}
