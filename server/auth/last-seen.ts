import "server-only";
import { LRUCache } from "lru-cache";
import { inAgency, type Tx } from "@/db/client";
import { setApiKeyUsed, setSessionSeen } from "@/db/queries/last-seen";
import { describeError, log } from "@/server/log";
import { singleton } from "@/server/singleton";
import type { Surroundings } from "./resolve-actor";

/** A credential's last use is noted once a minute and process, so that reading does not become writing. */
const noted = () => singleton("last-seen", () => new LRUCache<string, true>({ max: 50_000, ttl: 60_000 }));

export const touchSession = (at: Surroundings, session: { agencyId: string; sessionId: string }): void =>
  note(at, session.agencyId, session.sessionId, (tx) =>
    setSessionSeen(tx, session.agencyId, session.sessionId, at.now),
  );

export const touchApiKey = (at: Surroundings, key: { agencyId: string; id: string }): void =>
  note(at, key.agencyId, key.id, (tx) => setApiKeyUsed(tx, key.agencyId, key.id, at.now));

function note({ db }: Surroundings, agencyId: string, id: string, write: (tx: Tx) => Promise<void>): void {
  if (noted().has(id)) return;
  noted().set(id, true);
  inAgency(db, { agencyId }, write).catch((error: unknown) => {
    noted().delete(id);
    log().warn(describeError(error), "last use was not noted");
  });
}
