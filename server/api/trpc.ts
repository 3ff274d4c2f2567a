import "server-only";
import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { Db } from "@/db/client";
import { reasonsOf } from "@/server/api/rest/kit/parse";
import type { Actor, Ctx, Permission } from "@/server/context";
import { translateLost } from "@/server/database-watch";
import { isAllowed, isAllowedWhileLocked } from "@/server/domain/people/permissions";
import { AppError, type ErrorCode, type Reason } from "@/server/errors";
import { describeError, log } from "@/server/log";
import { metrics } from "@/server/metrics";
import { serverWire } from "./shared-answers";

/** What a request brings: `actor` is null for a visitor, `locked` for a console that waits for its password. */
export type RequestCtx = Omit<Ctx, "actor" | "replica"> & {
  actor: Actor | null;
  locked: boolean;
  /** Where a query may read instead of at the primary; asked anew for each. */
  pickReplica?: () => Db | undefined;
  /** How far the log has come with the changes of this request. */
  committed?: { position: string | null };
};

const TRPC_CODE: Record<number, TRPCError["code"]> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/** What the browser sees of an error, beside tRPC's own shape. */
export type ErrorData = { appCode: ErrorCode | "internal"; reasons: Reason[]; retryAfterS: number | null };

function errorData(cause: unknown): ErrorData {
  if (cause instanceof AppError)
    return { appCode: cause.code, reasons: cause.reasons, retryAfterS: cause.retryAfterS ?? null };
  if (cause instanceof ZodError) return { appCode: "invalid", reasons: reasonsOf(cause), retryAfterS: null };
  return { appCode: "internal", reasons: [], retryAfterS: null };
}

const t = initTRPC.context<RequestCtx>().create({
  transformer: serverWire,
  errorFormatter: ({ shape, error }) => {
    const data = errorData(error.cause);
    const message =
      data.appCode === "internal" && error.code === "INTERNAL_SERVER_ERROR"
        ? "something went wrong on our side"
        : data.appCode === "invalid"
          ? "the input is not valid"
          : shape.message;
    return {
      ...shape,
      message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, ...data },
    };
  },
});

/** An expected failure as tRPC answers it. */
export const trpcError = (cause: AppError): TRPCError =>
  new TRPCError({ code: TRPC_CODE[cause.httpStatus] ?? "BAD_REQUEST", message: cause.message, cause });

/** The one translation of errors for the console. */
const mapErrors = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const cause = translateLost(result.error.cause);
  if (cause instanceof AppError) throw trpcError(cause);
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    log().error({ requestId: ctx.requestId, path, ...describeError(cause) }, "procedure failed");
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** A procedure anybody may call. */
export const open = t.procedure.use(mapErrors);

/** A procedure for signed-in people who hold the permission; its context is what services take. */
export const allowed = (permission: Permission) =>
  open.use(({ ctx, next, type }) => {
    const { actor, locked, pickReplica, committed: _committed, ...rest } = ctx;
    if (!actor || actor.kind !== "user") throw new AppError("unauthenticated", "sign in first");
    if (locked && !isAllowedWhileLocked(permission))
      throw new AppError("unauthenticated", "this console is locked", [
        { code: "locked", message: "enter your password" },
      ]);
    if (!isAllowed(permission, { roles: actor.roles })) throw new AppError("forbidden", "your role may not do this");
    const replica = type === "query" ? pickReplica?.() : undefined;
    if (type === "query") metrics().consoleReads.inc({ target: replica ? "replica" : "primary" });
    return next({ ctx: { ...rest, actor, locked, replica } });
  });
