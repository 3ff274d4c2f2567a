import "server-only";
import { eventsOfTrip } from "@/db/queries/trip-events";
import type { Ctx } from "@/server/context";
import type { TripEventView } from "@/server/domain/trips/board-view";
import { read } from "@/server/services/unit-of-work";
import { openReason } from "./patient-fields";
import { visibleTrip } from "./visible-trip";

/** A trip's history, oldest first. Reasons are read only by who may see the rider now: people write names into them. */
export const listTripEvents = (ctx: Ctx, { tripId }: { tripId: string }): Promise<TripEventView[]> =>
  read(ctx, async (tx) => {
    const readsReasons = (await visibleTrip(tx, ctx, tripId)).sees === "full";
    const rows = await eventsOfTrip(tx, ctx.actor.agencyId, tripId);
    return rows.map(({ event, actorName, callSign }) => {
      const { position: _, positionId: __, ...data } = event.data;
      return {
        id: event.id,
        kind: event.kind,
        status: event.status,
        happenedAt: event.happenedAt,
        recordedAt: event.recordedAt,
        actor: event.actorId === null ? null : { id: event.actorId, name: actorName },
        source: event.source,
        reason: readsReasons ? openReason(event.id, event.reasonEnc) : null,
        replaces: event.replaces,
        shiftId: event.shiftId,
        callSign,
        data,
      };
    });
  });
