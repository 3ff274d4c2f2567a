import "server-only";
import { z } from "zod";
import { Moment } from "@/server/domain/moment";

const unit = {
  shiftId: z.uuid(),
  vehicleId: z.uuid(),
  callSign: z.string(),
  etaS: z.number().nullable(),
  distanceM: z.number().nullable(),
  engine: z.string().nullable(),
};
/** Answer of `GET /trips/{id}/candidates`. */
export const CandidatesDoc = z
  .object({
    items: z.array(
      z.object({
        ...unit,
        score: z.number(),
        positionAgeS: z.number().nullable(),
        etaPickupAt: Moment.nullable(),
        etaDropoffAt: Moment.nullable(),
        reasons: z.array(z.object({ code: z.string(), message: z.string(), points: z.number() })),
      }),
    ),
    rejected: z.array(
      z.object({
        ...unit,
        blockers: z.array(z.object({ code: z.string(), message: z.string(), overridable: z.boolean() })),
      }),
    ),
  })
  .meta({ id: "Candidates" });

/** A line of `GET /trips/{id}/events`. */
export const TripEventDoc = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    status: z.string().nullable(),
    happenedAt: Moment,
    recordedAt: Moment,
    actor: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
    source: z.string(),
    reason: z.string().nullable(),
    replaces: z.uuid().nullable(),
    shiftId: z.uuid().nullable(),
    callSign: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "TripEvent" });
