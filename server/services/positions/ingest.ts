import "server-only";
import { database } from "@/server/database";
import { groupBy } from "@/server/domain/group-by";
import { ingestDatabase, listenDatabase } from "@/server/ingest-database";
import { positionPublisher } from "@/server/realtime/start";
import { raiseTokenShared } from "@/server/services/devices/raise-token-shared";
import { singleton } from "@/server/singleton";
import { createPipeline, type Pipeline } from "./pipeline";

/** The GPS path of this process: one queue, one token cache, however many copies of this module are loaded. */
export const ingestPipeline = (): Pipeline =>
  singleton("ingest-pipeline", () =>
    createPipeline({
      sql: ingestDatabase(),
      listenSql: listenDatabase(),
      clock: Date.now,
      onMoved: (moved) => {
        for (const [agencyId, fixes] of groupBy(moved, (fix) => fix.agencyId)) {
          positionPublisher().notify(
            agencyId,
            fixes.map((fix) => fix.vehicleId),
          );
        }
      },
      onTokenShared: (device) => raiseTokenShared(database(), device, new Date()),
    }),
  );
