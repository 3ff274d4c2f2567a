import "server-only";
import type { Db } from "@/db/client";
import { pingDatabase } from "@/db/queries/health";
import { isDatabaseAway } from "@/server/database-watch";
import { lifecycle } from "@/server/lifecycle";

const TIMEOUT_MS = 2_000;
export type Readiness = { ready: boolean; parts: Record<string, "ok" | "down" | "stopping"> };

/** Can this process serve? Names each part and whether it does. */
export async function checkReadiness(db: Db): Promise<Readiness> {
  const database = isDatabaseAway() ? "down" : await within(pingDatabase(db));
  const process = lifecycle().isDraining ? "stopping" : "ok";
  return { ready: database === "ok" && process === "ok", parts: { database, process } };
}

async function within(check: Promise<void>): Promise<"ok" | "down"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"down">((resolve) => {
    timer = setTimeout(() => resolve("down"), TIMEOUT_MS);
  });
  const done = check.then(
    () => "ok" as const,
    () => "down" as const,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
