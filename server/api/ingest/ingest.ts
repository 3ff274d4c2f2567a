import "server-only";
import { actorFromRequest } from "@/server/auth/resolve-actor";
import { database } from "@/server/database";
import { newId } from "@/server/ids";
import { findForwardedDevice } from "@/server/services/positions/find-forwarded-device";
import { ingestPipeline } from "@/server/services/positions/ingest";
import { singleton } from "@/server/singleton";
import { createIngestHandler, type IngestAnswer, type IngestRequest } from "./handler";

/** The GPS path of this process: one handler with one rate limiter, also where modules are loaded twice. */
export const ingest = (request: IngestRequest): Promise<IngestAnswer> =>
  singleton("ingest-handler", () =>
    createIngestHandler({ pipeline: ingestPipeline(), clock: () => new Date(), forwarded: findForwarded }),
  )(request);

async function findForwarded(apiKey: string, label: string | null) {
  const actor = await actorFromRequest({ headers: new Headers({ authorization: `Bearer ${apiKey}` }) });
  if (!actor) return null;
  return findForwardedDevice({ db: database(), actor, now: new Date(), requestId: newId() }, label);
}
