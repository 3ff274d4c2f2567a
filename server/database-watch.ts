import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Db } from "@/db/client";
import { isLostConnection } from "@/db/lost-connection";
import { pingDatabase } from "@/db/queries/health";
import { AppError } from "@/server/errors";
import { describeError, log } from "@/server/log";
import { singleton } from "@/server/singleton";

const EVERY_MS = 1_000;
/** A database that hangs is as good as away. */
const ANSWER_WITHIN_MS = 2_000;
const RETRY_AFTER_S = 2;

export const databaseAway = (): AppError =>
  new AppError("unavailable", "the database cannot be reached now", [], RETRY_AFTER_S);

const state = () => singleton("database-watch", () => ({ isAway: false, isWatching: false }));

/** Whether this process has lately failed to reach the database. */
export const isDatabaseAway = (): boolean => state().isAway;

/**
 * Refuses work that could only wait: while the database is away, requests are answered at once instead of piling up.
 * @throws AppError unavailable
 */
export function requireDatabase(): void {
  if (state().isAway) throw databaseAway();
}

/** A lost connection in the words a caller may hear (503, with Retry-After); anything else as it is. */
export function translateLost(error: unknown): unknown {
  if (error instanceof AppError || !isLostConnection(error)) return error;
  log().warn(describeError(error), "the database was not reached");
  return databaseAway();
}

/**
 * Keeps asking the database whether it is there, once in this process.
 * @param db - a pool of its own, so that the question does not queue behind the work
 */
export function watchDatabase(db: () => Db): void {
  if (state().isWatching) return;
  state().isWatching = true;
  void keepAsking(db());
}

async function keepAsking(db: Db): Promise<never> {
  for (;;) {
    const isThere = await answersInTime(db);
    if (isThere === state().isAway) {
      state().isAway = !isThere;
      if (isThere) log().info("the database is back");
      else log().error("the database is away: requests are refused until it is back");
    }
    await wait(EVERY_MS, undefined, { ref: false });
  }
}

async function answersInTime(db: Db): Promise<boolean> {
  const late = wait(ANSWER_WITHIN_MS, false, { ref: false });
  const there = pingDatabase(db).then(
    () => true,
    () => false,
  );
  return Promise.race([there, late]);
}
