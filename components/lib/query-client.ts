import { QueryCache, QueryClient } from "@tanstack/react-query";
import { hearQueries } from "@/components/continuity/server-away";

/** Answers a push cannot spoil stay fresh for a while; what pushes touch is invalidated by them. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache(hearQueries),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 2 && isWorthRetrying(error),
      },
      mutations: { retry: false },
    },
  });

/** Refusals stay refusals; only a lost connection or a server in trouble is asked again. */
function isWorthRetrying(error: unknown): boolean {
  const data = error instanceof Error && "data" in error ? error.data : undefined;
  const status = typeof data === "object" && data !== null && "httpStatus" in data ? Number(data.httpStatus) : 0;
  return status === 0 || status >= 500;
}
