import { createTRPCClient, httpBatchLink } from "@trpc/client";
import Pusher from "pusher-js";
import { PASSWORD } from "@/db/testing/people";
import type { AppRouter } from "@/server/api/root";
import { wire } from "@/server/domain/wire/transformer";
import { ask, askJson } from "./http";
import type { Stack } from "./stack";

type At = Pick<Stack, "url">;

/** Signs in by REST. */
export async function tokenOf({ url }: At, email: string): Promise<string> {
  const { status, text } = await askJson(`${url}/api/v1/auth/login`, { json: { email, password: PASSWORD } });
  if (status !== 200) throw new Error(`sign-in answered ${status}: ${text}`);
  return (JSON.parse(text) as { accessToken: string }).accessToken;
}

/** What a console calls, signed in by its cookie as a browser is. */
export async function aConsole({ url }: At, email: string) {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const take = (headers: { "set-cookie"?: string[] }) => {
    for (const line of headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
  };
  const csrf = await ask(`${url}/api/auth/csrf`);
  take(csrf.headers);
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const signedIn = await ask(`${url}/api/auth/callback/credentials`, {
    body: new URLSearchParams({ csrfToken, email, password: PASSWORD, json: "true" }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookie(), origin: url },
  });
  take(signedIn.headers);
  const headers = () => ({ cookie: cookie(), origin: url });
  return {
    headers,
    trpc: createTRPCClient<AppRouter>({
      links: [httpBatchLink({ url: `${url}/api/trpc`, methodOverride: "POST", transformer: wire, headers })],
    }),
  };
}

const RESUBSCRIBE_MS = 1_000;

export type HeardEvent = { channel: string; event: string; data: Record<string, unknown>; atMs: number };

/** A subscriber like a console's; everything it hears is kept, and each subscription that began. */
export async function aListener({ url }: At, token: string) {
  const { text } = await ask(`${url}/api/v1/realtime`, { token });
  const { key, host, port, tls } = JSON.parse(text) as { key: string; host: string; port: number; tls: boolean };
  const client = new Pusher(key, {
    cluster: "",
    wsHost: host,
    wsPort: port,
    forceTLS: tls,
    enabledTransports: ["ws"],
    disableStats: true,
    channelAuthorization: {
      transport: "ajax",
      endpoint: `${url}/api/realtime/auth`,
      headers: { Authorization: `Bearer ${token}` },
    },
  });
  const heard: HeardEvent[] = [];
  const errors: number[] = [];
  let subscriptions = 0;
  type Told = { data?: { code?: number } };
  client.connection.bind("error", (told: Told & { error?: Told }) => {
    errors.push(told.data?.code ?? told.error?.data?.code ?? 0);
  });
  const subscribe = (channel: string) => {
    const joined = client.subscribe(channel);
    joined.bind("pusher:subscription_succeeded", () => {
      subscriptions += 1;
    });
    // pusher-js asks for a channel once per connection: what failed on our side is for the client to ask again.
    joined.bind("pusher:subscription_error", ({ status }: { status?: number }) => {
      if ((status ?? 500) < 500) return;
      joined.unbind();
      joined.unbind_global();
      client.unsubscribe(channel);
      setTimeout(() => subscribe(channel), RESUBSCRIBE_MS);
    });
    joined.bind_global((event: string, data: Record<string, unknown>) => {
      if (!event.startsWith("pusher:")) heard.push({ channel, event, data, atMs: Date.now() });
    });
  };
  return {
    client,
    heard,
    /** Codes the server gave, 4200 for "come back at once". */
    errors,
    subscribe,
    get subscriptions() {
      return subscriptions;
    },
    stop: () => client.disconnect(),
  };
}
