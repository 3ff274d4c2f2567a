import { parseArgs } from "node:util";
import { openDb } from "@/db/client";
import { AppError } from "@/server/errors";
import { CreateAgencyInput, createAgency } from "@/server/services/people/create-agency";
import { loadEnvFile } from "./lib/env-file.mjs";

const USAGE = `npm run agency:create -- --name "County EMS" --time-zone America/Chicago --admin-email you@example.org
  [--admin-name "Your Name"] [--distance-unit mi|km]`;

/** Makes an agency and its first admin, and prints the one-time link with which the admin sets a password. */
async function main(): Promise<void> {
  loadEnvFile();
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { name: text, "time-zone": text, "admin-email": text, "admin-name": text, "distance-unit": text },
  });
  const input = CreateAgencyInput.safeParse({
    name: values.name,
    timeZone: values["time-zone"],
    adminEmail: values["admin-email"],
    adminName: values["admin-name"],
    distanceUnit: values["distance-unit"],
  });
  if (!input.success) {
    const wrong = input.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`${wrong.join("; ")}\n${USAGE}`);
  }
  const url = process.env.DATABASE_OWNER_URL;
  if (!url) throw new Error("DATABASE_OWNER_URL is not set: the connection of the role that owns the schema");
  const db = openDb(url, { max: 1, name: "runboard-agency-create" });
  try {
    const { agencyId, link } = await createAgency(db, new Date(), input.data);
    console.log(`agency ${input.data.name} (${agencyId})`);
    console.log(
      link
        ? `${input.data.adminEmail} sets a password here, once, before ${link.expiresAt}:\n  ${link.url}`
        : `${input.data.adminEmail} has an account and signs in as usual`,
    );
  } finally {
    await db.$client.end();
  }
}

main().catch((error: unknown) => {
  const reasons = error instanceof AppError ? error.reasons.map((reason) => reason.message) : [];
  console.error([error instanceof Error ? error.message : String(error), ...reasons].join("; "));
  process.exitCode = 1;
});
