import "server-only";
import { listLiveSessions } from "@/db/queries/sessions";
import { type Ctx, hasRole } from "@/server/context";
import { read } from "@/server/services/unit-of-work";
import { personOf } from "./prove-password";

const MOST_SESSIONS = 1_000;

/** Where the caller is signed in; for an admin who asks, where everybody is. The last used first. */
export const listSessions = (ctx: Ctx, { everybody = false }: { everybody?: boolean } = {}) =>
  read(ctx, async (tx) => {
    const person = personOf(ctx);
    const userId = everybody && hasRole(person, "admin") ? undefined : person.userId;
    const rows = await listLiveSessions(tx, person.agencyId, { userId, now: ctx.now, limit: MOST_SESSIONS });
    return rows.map((row) => ({ ...row, isOwn: row.id === person.sessionId }));
  });
