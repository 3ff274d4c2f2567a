import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { consoleContext } from "@/server/api/context";
import { appRouter } from "@/server/api/root";

export const dynamic = "force-dynamic";

/** Queries come by POST too: a URL is logged, and may not carry what somebody typed. */
export const POST = (request: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => consoleContext(request),
    allowMethodOverride: true,
  });
