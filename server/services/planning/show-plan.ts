import "server-only";
import type { PlanRow } from "@/db/queries/planning";
import type { PlanView } from "@/server/domain/plans/plan-view";
import { agencyEvent } from "@/server/realtime/channels";
import type { UnitOfWork } from "@/server/services/unit-of-work";

/** A plan as lists show it. */
export const showPlan = (row: PlanRow): PlanView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  date: row.serviceDate,
  from: row.startsAt,
  to: row.endsAt,
  progress: row.progress,
  bestCost: row.bestCost,
  tripCount: row.tripCount,
  unitCount: row.unitCount,
  unservedCount: row.unservedCount,
  before: row.before,
  after: row.after,
  whatIf: row.whatIf,
  seed: row.seed,
  seconds: row.settings.searchSeconds,
  failure: row.failure,
  requestedBy: row.requestedBy,
  createdAt: row.createdAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  decidedAt: row.decidedAt,
  version: row.version,
});

/** Tells the agency's dispatchers that a plan changed. */
export const announcePlan = (uow: UnitOfWork, { agencyId, id, version, state }: PlanRow): void =>
  uow.emit(agencyEvent(agencyId, "plan.changed", { planId: id, version, status: state }));
