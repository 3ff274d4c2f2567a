import { z } from "zod";
import { Moment } from "@/server/domain/moment";
import { line, prose } from "@/server/domain/text";
import { ASSIGNMENT_STATUSES } from "@/server/domain/trips/vocabulary";
import { AssignmentRoleSchema, PrioritySchema, TripStatusSchema } from "@/server/domain/trips/vocabulary-schemas";
import { Version } from "@/server/domain/version";
import { INCIDENT_STATUSES } from "./vocabulary";

/** One event that may need several units or several riders: its trips, and the units that are on them now. */
export const Incident = z
  .object({
    id: z.uuid(),
    number: z.string(),
    version: z.int(),
    /** Only for who may see riders: it may name one. */
    notes: z.string().nullable().optional(),
    openedAt: Moment,
    closedAt: Moment.nullable(),
    trips: z.array(z.object({ id: z.uuid(), number: z.string(), status: TripStatusSchema, priority: PrioritySchema })),
    units: z.array(
      z.object({
        tripId: z.uuid(),
        assignmentId: z.uuid(),
        shiftId: z.uuid(),
        callSign: z.string(),
        role: AssignmentRoleSchema,
        status: z.enum(ASSIGNMENT_STATUSES),
      }),
    ),
  })
  .meta({ id: "Incident" });
export type Incident = z.infer<typeof Incident>;

export const IncidentStatusSchema = z.enum(INCIDENT_STATUSES);

export const IncidentSearchInput = z
  .strictObject({
    q: line(60),
    status: IncidentStatusSchema.default("any"),
    limit: z.int().min(1).max(200).default(50),
    cursor: z.string().max(300).optional(),
  })
  .meta({ id: "IncidentSearch" });
export type IncidentSearchInput = z.infer<typeof IncidentSearchInput>;

/** The number that is meant: `I-12` and `12` are incident I-00012, `T-12` is a trip's; null when it is none. */
export function numberMeant(q: string): string | null {
  const [, kind = "I", digits] = /^(?:([IT])-?)?(\d{1,9})$/i.exec(q.trim()) ?? [];
  return digits === undefined ? null : `${kind.toUpperCase()}-${digits.padStart(5, "0")}`;
}

export const OpenIncidentInput = z
  .strictObject({ tripId: z.uuid().optional(), notes: prose(2000).nullish() })
  .meta({ id: "NewIncident" });
export type OpenIncidentInput = z.infer<typeof OpenIncidentInput>;

export const IncidentTripBody = z.strictObject({ tripId: z.uuid() });
export const IncidentTripInput = IncidentTripBody.extend({ incidentId: z.uuid() });
export type IncidentTripInput = z.infer<typeof IncidentTripInput>;

export const CloseIncidentBody = z.strictObject({ version: Version.optional() });
export const CloseIncidentInput = CloseIncidentBody.extend({ incidentId: z.uuid() });
export type CloseIncidentInput = z.infer<typeof CloseIncidentInput>;
