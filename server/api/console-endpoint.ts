import "server-only";
import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { consoleContext } from "@/server/api/context";
import { appRouter } from "@/server/api/root";
import type { RequestCtx } from "@/server/api/trpc";
import { READ_AFTER_HEADER } from "@/server/domain/wire/read-after";
import { AppError } from "@/server/errors";
import { readLimited } from "@/server/read-limited";
import { answerWith } from "./answer-body";
import { bodyWith, sharedAmong } from "./shared-answers";

/** The largest thing a console sends is a CSV file, of 900,000 characters at most. */
const MAX_BODY_BYTES = 6_000_000;

/**
 * Answers what consoles and the phone page ask by tRPC. Queries come by POST too: a URL is logged, and may not carry what
 * somebody typed.
 */
export async function answerConsole(request: Request): Promise<Response> {
  const body = await readLimited(request, MAX_BODY_BYTES);
  if (!body) return tooLarge();
  const { url, method, headers } = request;
  const whole = new Request(url, { method, headers, body: new Uint8Array(body) });
  return answerCalls(whole, () => consoleContext(request));
}

/** The same for a request whose body is at hand: it is not read and put together once more. */
export const answerConsoleRead = async (request: Request): Promise<Response> =>
  Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES
    ? tooLarge()
    : answerCalls(request, () => consoleContext(request));

const tooLarge = () => new Response("too large", { status: 413 });

const ENDPOINT = "/api/trpc";
/** By their whole names, whatever the types say: those are of the tree. */
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } } | undefined>;

/** Whether all calls of a request only read. @param url - path and query as they came */
export const changesNothing = (url: string): boolean =>
  (url.split("?", 1)[0] ?? "")
    .slice(ENDPOINT.length + 1)
    .split(",")
    .every((name) => procedures[name]?._def.type === "query");

/**
 * The calls of one request, answered; what was read for several is put in where its place was left.
 * @param createContext - whom the request speaks for
 */
export async function answerCalls(
  request: Request,
  createContext: () => RequestCtx | Promise<RequestCtx>,
): Promise<Response> {
  let shared: ReturnType<typeof sharedAmong> = [];
  const answered = await fetchRequestHandler({
    endpoint: ENDPOINT,
    req: request,
    router: appRouter,
    createContext,
    allowMethodOverride: true,
    responseMeta: ({ data, errors, ctx }) => {
      shared = sharedAmong(data);
      return { headers: { ...retryAfter(errors), ...readAfter(ctx) } };
    },
  });
  return shared.length === 0 ? answered : answerWith(bodyWith(await answered.text(), shared), answered);
}

/** When what failed may be asked again, as the longest of a batch's refusals says. */
function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const waits = errors.flatMap(({ cause }) => (cause instanceof AppError ? (cause.retryAfterS ?? []) : []));
  return waits.length > 0 ? { "Retry-After": String(Math.max(1, Math.ceil(Math.max(...waits)))) } : {};
}

/** What the console's next read has to see, when this request changed something and there are replicas. */
function readAfter(ctx: RequestCtx | undefined): Record<string, string> {
  const position = ctx?.committed?.position;
  return position ? { [READ_AFTER_HEADER]: position } : {};
}
