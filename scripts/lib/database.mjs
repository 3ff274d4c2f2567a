import path from "node:path";
import { ensureCluster } from "./postgres.mjs";

/** @typedef {{ urls: import("./stack.mjs").DatabaseUrls, isOurs: boolean, note: string, release: () => Promise<void> }} InstalledDatabase */

/**
 * The database of an installation: the one of DATABASE_URL, untouched, or a private cluster under its data folder.
 * @param {{ dataDir: string, secrets: import("./secrets.mjs").Secrets }} installation
 * @returns {Promise<InstalledDatabase>}
 */
export async function ensureDatabase({ dataDir, secrets }) {
  const { DATABASE_URL: app, DATABASE_OWNER_URL: owner, DATABASE_DIRECT_URL: direct } = process.env;
  if (app) {
    if (!owner)
      throw new Error("DATABASE_URL is set, so DATABASE_OWNER_URL must be too: the role that owns the schema");
    const urls = { app, owner, direct: direct ?? app };
    return { urls, isOurs: false, note: "DATABASE_URL", release: async () => undefined };
  }
  return privateDatabase({ dataDir, secrets, durable: true });
}

/**
 * A database in a private cluster under a data folder.
 * @param {{ dataDir: string, secrets: import("./secrets.mjs").Secrets, durable: boolean }} installation
 * @returns {Promise<InstalledDatabase>}
 */
export async function privateDatabase({ dataDir, secrets, durable }) {
  const cluster = await ensureCluster({
    dataDir: path.join(dataDir, "pg"),
    durable,
    passwords: { owner: secrets.DB_OWNER_PASSWORD, app: secrets.DB_APP_PASSWORD },
    database: "runboard",
  });
  const url = cluster.appUrl("runboard");
  const urls = { app: url, owner: cluster.ownerUrl("runboard"), direct: url };
  return { urls, isOurs: true, note: `${cluster.version} on port ${cluster.port}`, release: cluster.release };
}
