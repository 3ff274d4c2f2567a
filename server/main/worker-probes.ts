import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { health, metricsText, ready } from "@/server/api/probes";

const ANSWERS: Record<string, (request: Request) => Response | Promise<Response>> = {
  "/api/health": health,
  "/api/ready": ready,
  "/api/metrics": (request) => metricsText(request, "worker"),
};

/**
 * What an orchestrator asks a worker: is it alive, is it ready, how does it do. Same paths and answers as the web port.
 * @param host - address to listen on
 * @param port - 0 takes any free one
 */
export function listenForProbes(host: string, port: number): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      console.error("worker: probe failed", error instanceof Error ? error.name : typeof error);
      outgoing.writeHead(500).end();
    });
  });
  // A probe has no body and little patience.
  server.headersTimeout = 5_000;
  server.requestTimeout = 5_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { pathname } = new URL(incoming.url ?? "/", "http://worker");
  const respond = incoming.method === "GET" ? ANSWERS[pathname] : undefined;
  if (!respond) {
    outgoing.writeHead(404).end();
    return;
  }
  const { authorization } = incoming.headers;
  const request = new Request(`http://worker${pathname}`, { headers: authorization ? { authorization } : {} });
  const response = await respond(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}
