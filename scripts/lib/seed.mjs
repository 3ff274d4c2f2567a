import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { runScript } from "./stack.mjs";

export const DEMO_PASSWORD = "runboard-demo";

/** @param {string} host */
export const isLoopback = (host) => host === "localhost" || host === "::1" || host.startsWith("127.");

/**
 * The password of the demo accounts: the well-known one as long as only this machine can reach the console.
 * @param {string} host that the console binds to
 * @param {string} dataDir
 */
export function demoPassword(host, dataDir) {
  if (isLoopback(host)) return DEMO_PASSWORD;
  const file = path.join(dataDir, "demo-password");
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(12).toString("base64url"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

/**
 * Fills an empty database with the demo agencies; leaves one alone that has them.
 * @param {import("./stack.mjs").Env} env of the services
 * @param {{ ownerUrl: string, password: string }} how
 */
export const seedDemo = (env, { ownerUrl, password }) =>
  runScript("db/seed/demo.ts", [], { ...env, DATABASE_OWNER_URL: ownerUrl, DEMO_PASSWORD: password });
