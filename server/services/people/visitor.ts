import "server-only";
import type { Db } from "@/db/client";
import type { Actor, Ctx } from "@/server/context";

/** Somebody who has not signed in yet. */
export type Visitor = {
  db: Db;
  now: Date;
  requestId: string;
  /** What counts as one network: an address, or an IPv6 /64. */
  network: string;
  userAgent: string | null;
  /** The secret that a browser or phone keeps from an earlier sign-in. */
  deviceToken?: string | undefined;
};

/** A visitor's request once it is known whom it acts for. */
export const ctxOf = ({ db, now, requestId }: Pick<Ctx, "db" | "now" | "requestId">, actor: Actor): Ctx => ({
  db,
  now,
  requestId,
  actor,
});
