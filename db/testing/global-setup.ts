import path from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { ensureCluster } from "@/scripts/lib/postgres.mjs";
import { databaseSql } from "@/scripts/lib/roles.mjs";
import { ensureTemplate } from "./template";

export type TestServer = { template: string; adminUrl: string; ownerUrl: string; appUrl: string };

declare module "vitest" {
  export interface ProvidedContext {
    server: TestServer;
  }
}

/** Stands for a database's name in the URLs handed to the test files. */
export const NAME = "DATABASE_NAME";

/** A throw-away cluster of our own, and one migrated template database in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const cluster = await ensureCluster({
    dataDir: process.env.RUNBOARD_TEST_DATA ?? path.join(root, ".data/test-pg"),
    durable: false,
    passwords: { owner: "owner-of-a-test", app: "app-of-a-test" },
  });
  try {
    const template = await ensureTemplate({ ...cluster, databaseSql: databaseSql() }, root);
    const { adminUrl, ownerUrl, appUrl } = cluster;
    project.provide("server", {
      template,
      adminUrl: adminUrl("postgres"),
      ownerUrl: ownerUrl(NAME),
      appUrl: appUrl(NAME),
    });
  } catch (error) {
    await cluster.release();
    throw error;
  }
  return cluster.release;
}
