import { v7 } from "uuid";
import type { Db } from "@/db/types";
import type { Ctx, Role } from "@/server/context";

/** A person of the demo acting through a service, at a time of the demo's day. */
export type Acting = (userId: string, roles: Role[], now: Date) => Ctx;

/** @param db - the app role's connection: the demo lives behind the same walls as everybody */
export const actingIn =
  (db: Db, agencyId: string): Acting =>
  (userId, roles, now) => ({
    db,
    now,
    requestId: v7(),
    actor: { kind: "user", agencyId, userId, accountId: userId, sessionId: v7(), roles, source: "console" },
  });

export const minutesFrom = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
