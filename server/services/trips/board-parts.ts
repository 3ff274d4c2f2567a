import "server-only";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { boardTripRows, supportRows } from "@/db/queries/board";
import { type ExceptionRow, listOpenExceptions, openExceptionsAbout } from "@/db/queries/exceptions";
import type { Ctx } from "@/server/context";
import { severityRank } from "@/server/domain/exceptions/reconcile";
import { isSnoozed } from "@/server/domain/exceptions/snooze";
import type { ExceptionKind } from "@/server/domain/exceptions/vocabulary";
import { groupBy } from "@/server/domain/group-by";
import type { BoardAsk } from "@/server/domain/trips/board-changes";
import { boardPeriod } from "@/server/domain/trips/board-period";
import type { BoardException, BoardView } from "@/server/domain/trips/board-view";
import { snoozeReasonOf } from "@/server/services/exceptions/present-exception";
import { boardUnits } from "@/server/services/units/board-units";
import { boardTrip } from "./board-trip";
import { riderVisibilityOfRole } from "./present-trip";

/** As many trips as one board holds. */
export const MAX_TRIPS = 5_000;

/** What the board shows unless it is asked for another period. */
export async function boardNow(tx: Tx, { actor, now }: Ctx) {
  const { timeZone } = await agencyById(tx, actor.agencyId);
  return { timeZone, ...boardPeriod(now, timeZone) };
}

type Scope = { from: Date; to: Date; limit: number };

/**
 * Rows of the board.
 * @param about - only these of them, and what is open of them; left out, all
 */
export async function boardParts(
  tx: Tx,
  ctx: Ctx,
  scope: Scope,
  about?: BoardAsk,
): Promise<Pick<BoardView, "trips" | "units" | "exceptions">> {
  const { agencyId } = ctx.actor;
  const [rows, supports, units, open] = await Promise.all([
    boardTripRows(tx, agencyId, { ...scope, ids: about?.trips }),
    supportRows(tx, agencyId, about?.trips),
    boardUnits(tx, ctx, scope.to, about?.units),
    about ? openExceptionsAbout(tx, agencyId, about) : listOpenExceptions(tx, agencyId),
  ]);
  const sees = riderVisibilityOfRole(ctx.actor);
  const kinds = kindsByTrip(open);
  const helping = groupBy(supports, ({ tripId }) => tripId);
  return {
    trips: rows.map((row) => boardTrip(row, helping.get(row.id) ?? [], sees, kinds.get(row.id) ?? [], ctx.now)),
    units,
    exceptions: open.map((row) => exceptionView(row, ctx)),
  };
}

/** Kinds open on each trip, worst first. */
function kindsByTrip(open: ExceptionRow[]): Map<string, ExceptionKind[]> {
  const kinds = new Map<string, ExceptionKind[]>();
  for (const one of open.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity))) {
    if (one.tripId !== null) kinds.set(one.tripId, [...(kinds.get(one.tripId) ?? []), one.kind]);
  }
  return kinds;
}

const exceptionView = (row: ExceptionRow, ctx: Ctx): BoardException => ({
  id: row.id,
  kind: row.kind,
  severity: row.severity,
  subjectType: row.subjectType,
  subjectId: row.subjectId,
  tripId: row.tripId,
  shiftId: row.shiftId,
  detail: row.detail,
  openedAt: row.openedAt,
  worsenedAt: row.worsenedAt,
  acknowledgedAt: row.acknowledgedAt,
  snoozedUntil: row.snoozedUntil,
  snoozeReason: isSnoozed(row, ctx.now) ? snoozeReasonOf(row, ctx) : null,
  version: row.version,
});
