import "server-only";
import { listen } from "@/db/listen";
import { REVOCATIONS } from "@/db/queries/auth";
import { env } from "@/server/env";
import { describeError, log } from "@/server/log";
import { singleton } from "@/server/singleton";
import { clearAuthCache } from "./auth-cache";

/**
 * Clears this process's cache whenever another one takes somebody's access, and, for what was missed, after a lost
 * connection.
 * @param url - of a connection without a transaction pooler in between
 * @returns how to stop
 */
export const followRevocations = (url: string): Promise<() => Promise<void>> =>
  listen(url, REVOCATIONS, clearAuthCache, {
    onListen: clearAuthCache,
    onError: (error) => log().warn(describeError(error), "revocations are noticed by age only"),
  });

/** Starts following, once per process. Until it does, and if it can't, the cache's 5 s are what is left. */
export const listenForRevocations = (): void => {
  singleton("revocations", () => {
    const { DATABASE_DIRECT_URL, DATABASE_URL } = env();
    void followRevocations(DATABASE_DIRECT_URL ?? DATABASE_URL);
    return true;
  });
};
