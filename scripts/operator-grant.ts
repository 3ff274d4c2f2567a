import { parseArgs } from "node:util";
import { openDb } from "@/db/client";
import { SetOperatorInput, setOperator } from "@/server/services/people/set-operator";
import { loadEnvFile } from "./lib/env-file.mjs";

const USAGE = "npm run operator:grant -- --email you@example.org [--revoke]";

/** Lets an account look after the whole installation, or takes that away. */
async function main(): Promise<void> {
  loadEnvFile();
  const { values } = parseArgs({ options: { email: { type: "string" }, revoke: { type: "boolean", default: false } } });
  const input = SetOperatorInput.safeParse({ email: values.email, operator: !values.revoke });
  if (!input.success) throw new Error(USAGE);
  const url = process.env.DATABASE_OWNER_URL;
  if (!url) throw new Error("DATABASE_OWNER_URL is not set: the connection of the role that owns the schema");
  const db = openDb(url, { max: 1, name: "runboard-operator-grant" });
  try {
    const changed = await setOperator(db, new Date(), input.data);
    const now = input.data.operator ? "is an operator" : "is no operator";
    console.log(`${input.data.email} ${now}${changed ? " from now on" : " already"}`);
  } finally {
    await db.$client.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
