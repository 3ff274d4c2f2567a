import "server-only";
import { findFollowedTrips } from "@/db/queries/followed-trips";
import { database } from "@/server/database";
import { groupBy } from "@/server/domain/group-by";
import { ingestDatabase, ingestWriteDatabase, listenDatabase } from "@/server/ingest-database";
import { describeError, log } from "@/server/log";
import { positionPublisher, realtimePublisher } from "@/server/realtime/start";
import { raiseTokenShared } from "@/server/services/devices/raise-token-shared";
import { singleton } from "@/server/singleton";
import { TripFollower } from "./follow-trips";
import { createPipeline, type Pipeline, WRITERS } from "./pipeline";

/** The GPS path of this process: one queue, one token cache, however many copies of this module are loaded. */
export const ingestPipeline = (): Pipeline =>
  singleton("ingest-pipeline", () =>
    createPipeline({
      sql: ingestDatabase(),
      writeSql: ingestWriteDatabase(WRITERS),
      listenSql: listenDatabase(),
      clock: Date.now,
      onMoved: (moved) => {
        tripFollower().notify(moved);
        for (const [agencyId, fixes] of groupBy(moved, (fix) => fix.agencyId)) {
          positionPublisher().notifyMoved(agencyId, fixes);
        }
      },
      onTokenShared: (device) => raiseTokenShared(database(), device, new Date()),
    }),
  );

const tripFollower = (): TripFollower =>
  singleton(
    "trip-follower",
    () =>
      new TripFollower({
        find: (vehicles) => findFollowedTrips(ingestDatabase(), vehicles),
        publish: (events) => realtimePublisher().publish(events),
        nowMs: Date.now,
        after: (delayMs, run) => setTimeout(run, delayMs).unref(),
        onError: (error) => log().warn(describeError(error), "who follows a trip was not told"),
      }),
  );
