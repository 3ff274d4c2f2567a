import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { facilities } from "@/db/schema";

/** Facilities by id, also those closed for good: a trip keeps the name of where it went. */
export const facilitiesByIds = async (tx: Tx, agencyId: string, ids: string[]) => {
  const rows =
    ids.length === 0
      ? []
      : await tx
          .select({
            id: facilities.id,
            name: facilities.name,
            address: facilities.address,
            zip: facilities.zip,
            location: facilities.location,
            status: facilities.status,
            deactivatedAt: facilities.deactivatedAt,
          })
          .from(facilities)
          .where(and(eq(facilities.agencyId, agencyId), inArray(facilities.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
};
export type FacilityOfTrip = NonNullable<ReturnType<Awaited<ReturnType<typeof facilitiesByIds>>["get"]>>;
