import "server-only";
import type { Tx } from "@/db/client";
import { type AssignmentRow, assignmentsOf } from "@/db/queries/assignments";
import { insertTripEvents, type NewTripEvent } from "@/db/queries/trip-events";
import { lockTrip, type NewTrip, type TripRow, updateTrip } from "@/db/queries/trips";
import { actorId, actorUserId, type Ctx, hasRole } from "@/server/context";
import { type Clocks, NO_CLOCKS } from "@/server/domain/trips/clocks";
import type { TripView } from "@/server/domain/trips/trip-view";
import { type EventSource, PUBLIC_STATUS_OF, type TripEventKind } from "@/server/domain/trips/vocabulary";
import { notFound, staleVersion } from "@/server/errors";
import { newId } from "@/server/ids";
import { agencyEvent, tripEvent } from "@/server/realtime/channels";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { sealReason } from "./patient-fields";
import { showTrip } from "./show-trips";

/** A trip that is being worked on: locked, with all its assignments. */
export type TripAtWork = { trip: TripRow; assignments: AssignmentRow[]; current: AssignmentRow | null };

/**
 * Locks a trip for a change.
 * @param version - what the caller has seen; left out, any will do
 * @throws AppError not_found, or conflict with the trip as it is when the caller has seen an older one
 */
export async function takeTrip(tx: Tx, ctx: Ctx, tripId: string, version?: number): Promise<TripAtWork> {
  const { agencyId } = ctx.actor;
  // Sent together and answered one after the other: the assignments are those that the lock found.
  const [trip, assignments] = await Promise.all([lockTrip(tx, agencyId, tripId), assignmentsOf(tx, agencyId, tripId)]);
  if (!trip) throw notFound("trip");
  if (version !== undefined && version !== trip.version) throw staleVersion(await showTrip(tx, ctx, trip));
  return { trip, assignments, current: assignments.find((one) => one.id === trip.currentAssignmentId) ?? null };
}

/** The clocks of an assignment, all empty when no unit has the trip. */
export const clocksOf = (assignment: AssignmentRow | null): Clocks =>
  assignment === null
    ? NO_CLOCKS
    : {
        dispatchedAt: assignment.dispatchedAt,
        acknowledgedAt: assignment.acknowledgedAt,
        enRouteAt: assignment.enRouteAt,
        atPickupAt: assignment.atPickupAt,
        loadedAt: assignment.loadedAt,
        atDropoffAt: assignment.atDropoffAt,
        completedAt: assignment.completedAt,
      };

/** Where a change came from: a crew, the console, a partner, or ourselves. */
export function sourceOf({ actor }: Ctx): EventSource {
  if (actor.kind === "system") return "system";
  if (actor.kind === "api_key") return "api";
  return hasRole(actor, "admin", "dispatcher") ? actor.source : "crew";
}

export type Happening = {
  kind: TripEventKind;
  status?: string | null;
  assignment?: { id: string; shiftId: string } | null;
  happenedAt?: Date;
  reason?: string | null | undefined;
  replaces?: string | null;
  clientEventId?: string | null | undefined;
  /** Ids, words, times and names of fields; never patient data in the clear. */
  data?: Record<string, unknown>;
  source?: EventSource;
};

/** Writes an immutable line of the trip's history. @returns its id */
export async function recordEvent(tx: Tx, ctx: Ctx, tripId: string, happening: Happening): Promise<string> {
  const id = newId();
  const row: NewTripEvent = {
    agencyId: ctx.actor.agencyId,
    id,
    tripId,
    assignmentId: happening.assignment?.id ?? null,
    shiftId: happening.assignment?.shiftId ?? null,
    kind: happening.kind,
    status: happening.status ?? null,
    happenedAt: happening.happenedAt ?? ctx.now,
    recordedAt: ctx.now,
    actorId: happening.source === "system" ? null : actorId(ctx.actor),
    source: happening.source ?? sourceOf(ctx),
    reasonEnc: sealReason(id, happening.reason),
    replaces: happening.replaces ?? null,
    clientEventId: happening.clientEventId ?? null,
    data: happening.data ?? {},
  };
  await insertTripEvents(tx, [row]);
  return id;
}

/** Whether the set of people who may follow the trip changes: then its channel does, and old listeners hear no more. */
type Change = { action: string; set: Partial<NewTrip>; newChannel?: boolean; at?: Date };

/** Stores a change of a locked trip with its audit row, and tells dispatchers and followers after the commit. */
export async function changeTrip(tx: Tx, uow: UnitOfWork, ctx: Ctx, before: TripRow, change: Change): Promise<TripRow> {
  const { agencyId } = ctx.actor;
  const epoch = change.newChannel ? { channelEpoch: before.channelEpoch + 1 } : {};
  const after = await updateTrip(tx, agencyId, before.id, { ...change.set, ...epoch });
  uow.audit({ action: change.action, entity: "trip", entityId: before.id, fields: Object.keys(change.set) });
  announce(uow, ctx, after);
  if (after.status !== before.status) {
    // On the channel those who followed until now still hear: how it ended, or that the unit changed.
    uow.emit(
      tripEvent(before, "status", {
        tripId: after.id,
        version: after.version,
        status: after.status,
        publicStatus: PUBLIC_STATUS_OF[after.status],
        at: (change.at ?? ctx.now).toISOString(),
      }),
    );
  }
  return after;
}

/** Tells the agency's dispatchers that a trip changed. */
export const announce = (uow: UnitOfWork, { actor }: Ctx, trip: TripRow): void =>
  uow.emit(
    agencyEvent(actor.agencyId, "trip.changed", { tripId: trip.id, version: trip.version, status: trip.status }),
  );

/** The trip as this caller may see it, after its change and its new estimates. */
export async function shownAfter(tx: Tx, ctx: Ctx, tripId: string): Promise<TripView> {
  const row = await lockTrip(tx, ctx.actor.agencyId, tripId);
  if (!row) throw notFound("trip");
  return showTrip(tx, ctx, row);
}

/** Id of the person who acts, null for keys and jobs. */
export const personOf = ({ actor }: Ctx): string | null => actorUserId(actor) ?? null;
