import "server-only";
import type { Db } from "@/db/client";
import { isLostConnection } from "@/db/lost-connection";
import { metrics } from "@/server/metrics";
import { replicas } from "@/server/replicas";
import { sqlState } from "./sql-state";

/** A replica gave the read up for its replay (40001), or was asked to write (25006). */
const PRIMARY_DOES_BETTER = new Set(["40001", "25006"]);

/** Reads at a replica; where that fails for a reason of the replica's own, at the primary. */
export async function readAtReplica<T>(replica: Db, there: () => Promise<T>, atPrimary: () => Promise<T>): Promise<T> {
  try {
    return await there();
  } catch (error) {
    const isLost = isLostConnection(error);
    if (!isLost && !PRIMARY_DOES_BETTER.has(sqlState(error) ?? "")) throw error;
    if (isLost) replicas()?.suspect(replica);
    metrics().consoleReads.inc({ target: "fallback" });
    return atPrimary();
  }
}
