import "server-only";
import postgres from "postgres";
import { REVOCATIONS } from "@/db/queries/auth";
import { env } from "@/server/env";
import { describeError, log } from "@/server/log";
import { singleton } from "@/server/singleton";
import { clearAuthCache } from "./auth-cache";

/**
 * Starts listening, once per process, for revocations made by other processes. Needs a connection that no transaction
 * pooler sits on; without one the cache's 5 s are what is left. A lost connection is taken up again by the driver.
 */
export const listenForRevocations = (): void => {
  singleton("revocations", () => {
    const { DATABASE_DIRECT_URL, DATABASE_URL } = env();
    const client = postgres(DATABASE_DIRECT_URL ?? DATABASE_URL, {
      max: 1,
      onnotice: () => undefined,
      connection: { application_name: "runboard-revocations" },
    });
    client
      .listen(REVOCATIONS, clearAuthCache, clearAuthCache)
      .catch((error: unknown) => log().warn(describeError(error), "revocations are noticed by age only"));
    return client;
  });
};
