import "server-only";
import type { Db } from "@/db/client";
import { pingDatabase } from "@/db/queries/health";
import { singleton } from "@/server/singleton";

const TIMEOUT_MS = 2_000;
export type Readiness = { ready: boolean; parts: Record<string, "ok" | "down" | "stopping"> };

const stopping = () => singleton("stopping", () => ({ since: null as Date | null }));

/** From now on this process says that it is not ready, so that a balancer sends nothing new while it drains. */
export const beginStopping = (now: Date): void => {
  stopping().since = now;
};

/** Can this process serve? Names each part and whether it does. */
export async function checkReadiness(db: Db): Promise<Readiness> {
  const database = await within(pingDatabase(db));
  const process = stopping().since ? "stopping" : "ok";
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
