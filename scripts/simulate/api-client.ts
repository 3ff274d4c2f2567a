import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const Tokens = z.object({ accessToken: z.string(), refreshToken: z.string() });
type Tokens = z.infer<typeof Tokens>;
type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** An answer that no repeating will better. `code` is the API's word for it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(`${status} ${code}: ${message}`);
  }
}

const Failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const MAX_TRIES = 6;

const retryAfterMs = (response: Response, tries: number): number => {
  const said = Number(response.headers.get("retry-after"));
  return said > 0 ? Math.min(said, 120) * 1000 : Math.min(30_000, 500 * 2 ** tries);
};

async function refusal(response: Response): Promise<Refused> {
  const parsed = Failure.safeParse(await response.json().catch(() => null));
  return parsed.success
    ? new Refused(response.status, parsed.data.error.code, parsed.data.error.message)
    : new Refused(response.status, "unknown", response.statusText);
}

/** One request, repeated with growing pauses while the server is busy or out of reach; stops at once when told to. */
export async function request(url: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]) });
      if (response.status !== 429 && response.status < 502) return response;
      if (tries >= MAX_TRIES) return response;
      await response.body?.cancel();
      await sleep(retryAfterMs(response, tries), undefined, { signal });
    } catch (error) {
      if (signal.aborted || tries >= MAX_TRIES) throw error;
      await sleep(Math.min(15_000, 500 * 2 ** tries), undefined, { signal });
    }
  }
}

/** Somebody signed in over REST. Renews the access token when it has run out, signs in again when that fails. */
export class Session {
  private renewing: Promise<Tokens> | undefined;

  private constructor(
    private readonly base: string,
    private readonly who: { email: string; password: string },
    private readonly signal: AbortSignal,
    private tokens: Tokens,
  ) {}

  /** @throws Refused when the password is wrong or a second factor is asked for */
  static async signIn(url: string, who: { email: string; password: string }, signal: AbortSignal): Promise<Session> {
    const base = `${url.replace(/\/$/, "")}/api/v1`;
    return new Session(base, who, signal, await login(base, who, signal));
  }

  /**
   * Calls the API. @param path - below /api/v1
   * @throws Refused for 4xx answers (after one renewal of the token for 401)
   */
  async call<S extends z.ZodType>(method: Method, path: string, schema: S, body?: unknown): Promise<z.output<S>> {
    let response = await this.send(method, path, body);
    if (response.status === 401) {
      await response.body?.cancel();
      await this.renew();
      response = await this.send(method, path, body);
    }
    if (!response.ok) throw await refusal(response);
    return schema.parse(response.status === 204 ? null : await response.json());
  }

  /** Every page of a list. */
  async list<S extends z.ZodType>(path: string, item: S): Promise<z.output<S>[]> {
    const Page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
    const all: z.output<S>[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const join = path.includes("?") ? "&" : "?";
      const page: z.output<typeof Page> = await this.call(
        "GET",
        `${path}${join}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
        Page,
      );
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  }

  /** Ends the session at the server; a server that is gone needs no good-bye. */
  async signOut(): Promise<void> {
    const headers = { authorization: `Bearer ${this.tokens.accessToken}` };
    await fetch(`${this.base}/auth/logout`, { method: "POST", headers, signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
  }

  private send(method: Method, path: string, body: unknown): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.tokens.accessToken}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    return request(
      `${this.base}${path}`,
      { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
      this.signal,
    );
  }

  /** Several calls that meet an old token at once renew it once. */
  private async renew(): Promise<void> {
    this.renewing ??= this.renewed().finally(() => {
      this.renewing = undefined;
    });
    this.tokens = await this.renewing;
  }

  private async renewed(): Promise<Tokens> {
    const response = await request(
      `${this.base}/auth/refresh`,
      json({ refreshToken: this.tokens.refreshToken }),
      this.signal,
    );
    if (response.ok) return Tokens.parse(await response.json());
    await response.body?.cancel();
    return login(this.base, this.who, this.signal);
  }
}

const json = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

async function login(base: string, who: { email: string; password: string }, signal: AbortSignal): Promise<Tokens> {
  const response = await request(`${base}/auth/login`, json(who), signal);
  if (!response.ok) throw await refusal(response);
  return Tokens.parse(await response.json());
}
