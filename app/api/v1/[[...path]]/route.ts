import { ingestResponse, isIngestRequest } from "@/server/api/ingest/adapters";
import { handleRest } from "@/server/api/rest/kit/handle";
import { matchRoute } from "@/server/api/rest/registry";

export const dynamic = "force-dynamic";

const handle = (request: Request) => {
  const { pathname } = new URL(request.url);
  if (isIngestRequest(request.method, pathname)) return ingestResponse(request);
  return handleRest(request, pathname.slice("/api/v1".length) || "/", matchRoute);
};

export { handle as DELETE, handle as GET, handle as OPTIONS, handle as PATCH, handle as POST, handle as PUT };
