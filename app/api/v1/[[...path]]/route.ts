import { handleRest } from "@/server/api/rest/kit/handle";
import { matchRoute } from "@/server/api/rest/registry";

export const dynamic = "force-dynamic";

const handle = (request: Request) =>
  handleRest(request, new URL(request.url).pathname.slice("/api/v1".length) || "/", matchRoute);

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
