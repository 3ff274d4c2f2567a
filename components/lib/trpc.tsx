"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "@/server/api/root";
import { READ_AFTER_HEADER } from "@/server/domain/wire/read-after";
import { wire } from "@/server/domain/wire/transformer";
import { makeQueryClient } from "./query-client";
import { readAfter } from "./read-after";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

let inBrowser: QueryClient | undefined;
/** One cache per tab; on the server one per request. */
function queryClient(): QueryClient {
  if (typeof window === "undefined") return makeQueryClient();
  inBrowser ??= makeQueryClient();
  return inBrowser;
}

/** A change's answer says how far the database had come with it. */
const notingPosition: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  readAfter.note(response.headers.get(READ_AFTER_HEADER));
  return response;
};

/** Calls to our own origin only; queries travel as POST, so that no search text stands in a URL. */
const makeClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: "/api/trpc",
        methodOverride: "POST",
        transformer: wire,
        maxItems: 20,
        headers: () => readAfter.headers(),
        fetch: notingPosition,
      }),
    ],
  });

export function ApiProvider({ children }: { children: ReactNode }) {
  const client = queryClient();
  const [trpcClient] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <TRPCProvider trpcClient={trpcClient} queryClient={client}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
