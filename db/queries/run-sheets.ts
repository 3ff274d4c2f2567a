import { and, asc, eq, isNull, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { trips } from "@/db/schema";
import type { TripRow } from "./trips";

/** More than any agency has open at once; bounds what a set of run sheets may take. */
const MOST = 5_000;

/** Trips that are open and wanted before a moment, earliest first. */
export const openTripsUntil = (tx: Tx, agencyId: string, until: Date): Promise<TripRow[]> =>
  tx
    .select()
    .from(trips)
    .where(and(eq(trips.agencyId, agencyId), isNull(trips.closedAt), lt(trips.requestedAt, until)))
    .orderBy(asc(trips.requestedAt), asc(trips.id))
    .limit(MOST);
