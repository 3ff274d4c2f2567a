import "server-only";
import { database } from "@/server/database";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { metrics } from "@/server/metrics";
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

/** Prometheus metrics, for the bearer of METRICS_TOKEN. Without a token (development) for loopback binds only. */
export async function metricsText(request: Request): Promise<Response> {
  const { METRICS_TOKEN, HOST } = env();
  const given = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  const open = !METRICS_TOKEN && ["127.0.0.1", "localhost", "::1"].includes(HOST);
  if (!open && !(METRICS_TOKEN && given && sameSecret(given, METRICS_TOKEN))) {
    return errorResponse(new AppError("unauthenticated", "send METRICS_TOKEN as Authorization: Bearer"), "metrics");
  }
  const { registry } = metrics();
  await collectMetrics(database());
  const text = (await registry.metrics()) + (await realtimeMetrics());
  return new Response(text, { headers: { "Content-Type": registry.contentType } });
}
