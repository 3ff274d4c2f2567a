import "server-only";
import { ingestResponse, isIngestRequest } from "@/server/api/ingest/adapters";
import { handleRest } from "@/server/api/rest/kit/handle";
import { matchRoute } from "@/server/api/rest/registry";

/** Answers a request of `/api/v1`. */
export function answerRest(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (isIngestRequest(request.method, pathname)) return ingestResponse(request);
  return handleRest(request, pathname.slice("/api/v1".length) || "/", matchRoute);
}
