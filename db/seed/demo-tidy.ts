import { and, eq, isNull, lt } from "drizzle-orm";
import { shifts, trips } from "@/db/schema";
import type { Db } from "@/db/types";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { signOffShift } from "@/server/services/shifts/sign-off-shift";
import { cancelTrip } from "@/server/services/trips/cancel-trip";
import { reportStatus } from "@/server/services/trips/report-status";
import { unassignTrip } from "@/server/services/trips/unassign-trip";
import { minutesFrom } from "./demo-ctx";

/** Something of an earlier day that the rules do not let go of stays as it is: a demo is no reason to break them. */
async function ifAllowed(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

const OLD_MIN = 6 * 60;

/** Ends what an earlier day of the demo left open: trips first, then the units that had them. */
export async function endEarlierDays(db: Db, dispatcher: Ctx): Promise<void> {
  const { agencyId } = dispatcher.actor;
  const old = await db
    .select({ id: trips.id, status: trips.status })
    .from(trips)
    .where(
      and(
        eq(trips.agencyId, agencyId),
        isNull(trips.closedAt),
        lt(trips.requestedAt, minutesFrom(dispatcher.now, -OLD_MIN)),
      ),
    );
  for (const { id: tripId, status } of old) {
    if (status === "reserved") await ifAllowed(() => unassignTrip(dispatcher, { tripId, reason: "Day is over" }));
    if (status === "loaded" || status === "at_dropoff") {
      await ifAllowed(() => reportStatus(dispatcher, { tripId, status: "completed" }));
    } else await ifAllowed(() => cancelTrip(dispatcher, { tripId, reason: "Day is over" }));
  }
  const over = await db
    .select({ id: shifts.id, signedOnAt: shifts.signedOnAt })
    .from(shifts)
    .where(
      and(
        eq(shifts.agencyId, agencyId),
        isNull(shifts.signedOffAt),
        isNull(shifts.deactivatedAt),
        lt(shifts.endsAt, dispatcher.now),
      ),
    );
  for (const { id, signedOnAt } of over) if (signedOnAt) await ifAllowed(() => signOffShift(dispatcher, id, {}));
}

/** Is there a day on the board: calls wanted around now that are still open? */
export async function hasLiveBoard(db: Db, agencyId: string, now: Date): Promise<boolean> {
  const rows = await db
    .select({ requestedAt: trips.requestedAt })
    .from(trips)
    .where(and(eq(trips.agencyId, agencyId), isNull(trips.closedAt)));
  const near = rows.filter(({ requestedAt }) => Math.abs(requestedAt.getTime() - now.getTime()) < 3 * 3_600_000);
  return near.length >= 10;
}
