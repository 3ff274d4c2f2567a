import { useSyncExternalStore } from "react";
import { createStore } from "@/components/lib/store";

/** Since when this tab has not reached the server; null while it does. */
const away = createStore<Date | null>(null);

/** Not reached at all, or it says that it cannot work now: not a refusal. */
function isAwayError(error: unknown): boolean {
  const data = error instanceof Error && "data" in error ? error.data : undefined;
  if (typeof data !== "object" || data === null) return error instanceof Error && error.name === "TRPCClientError";
  return "httpStatus" in data && Number(data.httpStatus) === 503;
}

/** Heard by the query cache: what became of each query. */
export const hearQueries = {
  onError: (error: unknown) => {
    if (isAwayError(error)) away.set((since) => since ?? new Date());
  },
  onSuccess: () => away.set(null),
};

/** Since when the server is away, as React sees it. */
export const useServerAway = (): Date | null => useSyncExternalStore(away.subscribe, away.get, () => null);
