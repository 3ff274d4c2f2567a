import "server-only";
import { z } from "zod";
import { agencyById } from "@/db/queries/agencies";
import { boardTripRows, supportRows } from "@/db/queries/board";
import { type ExceptionRow, listOpenExceptions } from "@/db/queries/exceptions";
import type { Ctx } from "@/server/context";
import { severityRank } from "@/server/domain/exceptions/reconcile";
import { isSnoozed } from "@/server/domain/exceptions/snooze";
import type { ExceptionKind } from "@/server/domain/exceptions/vocabulary";
import { groupBy } from "@/server/domain/group-by";
import { agencyDay, dayAt } from "@/server/domain/shifts/agency-day";
import type { BoardException, BoardView } from "@/server/domain/trips/board-view";
import { TimeOrDay } from "@/server/domain/trips/inputs";
import { snoozeReasonOf } from "@/server/services/exceptions/present-exception";
import { sharedReads } from "@/server/services/shared-read";
import { read } from "@/server/services/unit-of-work";
import { boardUnits } from "@/server/services/units/board-units";
import { boardTrip } from "./board-trip";
import { periodOf } from "./list-trips";
import { riderVisibilityOfRole } from "./present-trip";

/** A period of the board, half-open; without one it is the agency's day. */
export const BoardInput = z.strictObject({
  from: TimeOrDay.optional(),
  to: TimeOrDay.optional(),
  limit: z.int().min(1).max(5000).default(3000),
});
export type BoardInput = z.infer<typeof BoardInput>;

/**
 * Everything the dispatcher's board needs, in one go: trips, units and what must be looked at. Consoles that ask at the
 * same time and may see the same share one reading; at a replica each reads for itself, for it asks for a position.
 */
export function getBoard(ctx: Ctx, input: BoardInput): Promise<BoardView> {
  const { actor, replica, spanning } = ctx;
  if (actor.kind !== "user" || replica || spanning) return readBoard(ctx, input);
  const sight = [actor.agencyId, [...actor.roles].sort(), actor.locked ?? false];
  return sharedReads().read(JSON.stringify(["board", sight, input]), () => readBoard(ctx, input));
}

const readBoard = (ctx: Ctx, input: BoardInput): Promise<BoardView> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const { timeZone } = await agencyById(tx, agencyId);
    const today = agencyDay(dayAt(ctx.now, timeZone), timeZone);
    const asked = await periodOf(tx, ctx, input);
    const period = { from: asked.from ?? today.from, to: asked.to ?? today.to };
    const [rows, supports, units, open] = await Promise.all([
      boardTripRows(tx, agencyId, { ...period, limit: input.limit }),
      supportRows(tx, agencyId),
      boardUnits(tx, ctx, period.to),
      listOpenExceptions(tx, agencyId),
    ]);
    const sees = riderVisibilityOfRole(ctx.actor);
    const kinds = kindsByTrip(open);
    const helping = groupBy(supports, ({ tripId }) => tripId);
    return {
      now: ctx.now,
      timeZone,
      trips: rows.map((row) => boardTrip(row, helping.get(row.id) ?? [], sees, kinds.get(row.id) ?? [], ctx.now)),
      units,
      exceptions: open.map((row) => exceptionView(row, ctx)),
    };
  });

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
