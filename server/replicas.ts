import "server-only";
import { type Db, openDb } from "@/db/client";
import { primaryPosition } from "@/db/queries/log-position";
import { Replicas } from "@/db/replicas";
import { database } from "@/server/database";
import { parseLogPosition, READ_LATEST } from "@/server/domain/wire/read-after";
import { env } from "@/server/env";
import { describeError, log } from "@/server/log";
import { singleton } from "@/server/singleton";

const holder = () => singleton<{ replicas: Replicas | null | undefined }>("replicas", () => ({ replicas: undefined }));

/** The replicas of this installation; null when it has none. */
export function replicas(): Replicas | null {
  const held = holder();
  if (held.replicas === undefined) held.replicas = open();
  return held.replicas;
}

/** Gives this process other replicas: a test's own. */
export const setReplicas = (own: Replicas | null): void => {
  holder().replicas = own;
};

function open(): Replicas | null {
  const { DATABASE_REPLICA_URLS, DATABASE_POOL, DATABASE_PREPARE } = env();
  if (DATABASE_REPLICA_URLS.length === 0) return null;
  const pools = DATABASE_REPLICA_URLS.map((url) => openDb(url, { max: DATABASE_POOL, prepare: DATABASE_PREPARE }));
  return new Replicas(database(), pools, Date.now, (error) =>
    log().debug(describeError(error), "no look at a replica"),
  );
}

/**
 * Where a console's read may go.
 * @param readAfter - header of its request: the log position it has been told of, `latest`, or nothing
 * @returns undefined for the primary
 */
export function replicaFor(readAfter: string | null): Db | undefined {
  const all = replicas();
  if (!all || readAfter === READ_LATEST) return undefined;
  return all.pick(readAfter === null ? null : parseLogPosition(readAfter)) ?? undefined;
}

/** What a reader has to see to see everything committed so far; null where nobody reads elsewhere. */
export async function committedPosition(db: Db): Promise<string | null> {
  if (!replicas()) return null;
  try {
    return await primaryPosition(db);
  } catch (error) {
    // The change is stored. Whoever is told of it without a position reads at the primary.
    log().warn(describeError(error), "no log position after a commit");
    return READ_LATEST;
  }
}
