import "server-only";
import { actorFromRequest } from "@/server/auth/resolve-actor";
import { database } from "@/server/database";
import { databaseAway, isDatabaseAway } from "@/server/database-watch";
import { newId } from "@/server/ids";
import { findForwardedDevice } from "@/server/services/positions/find-forwarded-device";
import { ingestPipeline } from "@/server/services/positions/ingest";
import { singleton } from "@/server/singleton";
import { createIngestHandler, type IngestAnswer, type IngestRequest } from "./handler";
import { errorAnswer } from "./respond";

/** The GPS path of this process: one handler with one rate limiter, also where modules are loaded twice. */
export const ingest = async (request: IngestRequest): Promise<IngestAnswer> => {
  // Nothing waits for a database that is away: the phones hold their fixes.
  if (isDatabaseAway()) return errorAnswer(databaseAway());
  return handler()(request);
};

const handler = () =>
  singleton("ingest-handler", () =>
    createIngestHandler({ pipeline: ingestPipeline(), clock: () => new Date(), forwarded: findForwarded }),
  );

async function findForwarded(apiKey: string, label: string | null) {
  const actor = await actorFromRequest({ headers: new Headers({ authorization: `Bearer ${apiKey}` }) });
  if (!actor) return null;
  return findForwardedDevice({ db: database(), actor, now: new Date(), requestId: newId() }, label);
}
