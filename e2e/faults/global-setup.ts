import path from "node:path";
import type { TestProject } from "vitest/node";
import { ensureTemplate } from "@/db/testing/template";
import { ensureBuild } from "@/scripts/lib/build.mjs";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { ensureCluster } from "@/scripts/lib/postgres.mjs";
import { databaseSql } from "@/scripts/lib/roles.mjs";
import { scratchDir } from "@/scripts/lib/scratch.mjs";
import { type FaultCluster, PASSWORDS } from "./kit/cluster";

export type FaultGround = { buildDir: string; cluster: FaultCluster; template: string; adminUrl: string };

declare module "vitest" {
  export interface ProvidedContext {
    faults: FaultGround;
  }
}

/** The production build, and a cluster with fsync on that the fault tests may kill. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = await scratchDir(path.join(ROOT, ".data"), "fault-run-");
  const build = await ensureBuild(ROOT);
  const dataDir = path.join(scratch.dir, "pg");
  const cluster = await ensureCluster({ dataDir, durable: true, passwords: PASSWORDS });
  const release = async () => {
    await cluster.release();
    await build.release();
    await scratch.remove();
  };
  try {
    const template = await ensureTemplate({ ...cluster, databaseSql: databaseSql() }, ROOT);
    const { port, adminUrl } = cluster;
    project.provide("faults", {
      buildDir: build.dir,
      cluster: { dataDir, port },
      template,
      adminUrl: adminUrl("postgres"),
    });
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}
