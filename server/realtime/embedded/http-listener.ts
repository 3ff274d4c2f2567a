import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { App } from "./app";
import type { ServerConfig } from "./config";
import { ApiFault, type HttpApi } from "./http-api";
import type { RealtimeMetrics } from "./metrics";
import { requestSignatureFault } from "./signatures";

type Parts = {
  apps: App[];
  api: HttpApi;
  metrics: RealtimeMetrics;
  config: ServerConfig;
  onBug: (error: unknown) => void;
};

/** The plain HTTP side: every refusal carries its real status. */
export function httpListener(parts: Parts): RequestListener {
  return (request, response) => {
    answer(parts, request)
      .then(({ status, type, body }) => reply(response, status, type, body))
      .catch((error: unknown) => {
        const isFault = error instanceof ApiFault;
        if (!isFault) parts.onBug(error);
        const fault = isFault ? error : new ApiFault(500, "internal error");
        reply(response, fault.status, "application/json", JSON.stringify({ error: fault.message }));
      });
  };
}

type Answer = { status: number; type: string; body: string };

async function answer({ apps, api, metrics, config }: Parts, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://realtime.invalid");
  if (url.pathname === "/" || url.pathname === "/ready") return { status: 200, type: "text/plain", body: "OK" };
  if (url.pathname === "/metrics") {
    if (config.metricsToken !== null && !isBearer(request, config.metricsToken))
      throw new ApiFault(401, "a bearer token is required");
    return { status: 200, type: "text/plain; version=0.0.4", body: metrics.render() };
  }
  const [, appId, path] = /^\/apps\/([^/]+)\/(.+?)\/?$/.exec(url.pathname) ?? [];
  if (appId === undefined || path === undefined) throw new ApiFault(404, "not found");
  const app = apps.find(({ id }) => id === appId);
  if (!app) throw new ApiFault(404, "unknown app");
  const body = await readBody(request, config.limits.requestBodyBytes);
  const method = request.method ?? "GET";
  const fault = requestSignatureFault(app, method, url, body, Date.now());
  if (fault !== null) throw new ApiFault(401, fault);
  const result = api.call(app, method, path, url.searchParams, body);
  return { status: 200, type: "application/json", body: JSON.stringify(result) };
}

async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // What is too much is read to its end but not kept: an early answer would look like a broken connection.
    if (bytes <= limitBytes) chunks.push(chunk);
    else if (bytes > limitBytes * 16) throw new ApiFault(413, "body too large");
  }
  if (bytes > limitBytes) throw new ApiFault(413, "body too large");
  return Buffer.concat(chunks);
}

function isBearer({ headers }: IncomingMessage, token: string): boolean {
  const [given, expected] = [Buffer.from(headers.authorization ?? ""), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function reply(response: ServerResponse, status: number, type: string, body: string) {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
