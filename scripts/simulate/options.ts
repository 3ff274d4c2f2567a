import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

const number = (low: number, high: number) => z.coerce.number().min(low).max(high);
const Options = z.object({
  url: z.url(),
  units: number(1, 5000).default(60),
  interval: number(1, 300).default(5),
  "admin-email": z.email(),
  county: z.string().optional(),
  duration: number(1, 1e7).optional(),
  calls: number(0, 5000).default(0),
  /** Crews (e-mail) whose buttons a person presses: their trucks drive, but report nothing by themselves. */
  "hands-off": z.string().default(""),
});

export type Options = {
  url: string;
  units: number;
  intervalS: number;
  adminEmail: string;
  password: string;
  countyDir: string;
  dataDir: string;
  durationS: number | undefined;
  callsPerHour: number;
  handsOff: ReadonlySet<string>;
};

export const USAGE =
  "usage: npm run simulate -- --url URL --admin-email EMAIL [--units 60] [--interval 5] [--calls N per hour] [--county DIR] [--duration SECONDS] [--hands-off EMAIL,...]\nThe password comes from the environment: SIMULATE_PASSWORD or RUNBOARD_ADMIN_PASSWORD.";

/** @throws Error with what is wrong, for a person to read */
export function readOptions(argv: string[], env: Record<string, string | undefined>): Options {
  const keys = Object.keys(Options.shape);
  const { values } = parseArgs({
    args: argv,
    options: Object.fromEntries(keys.map((key) => [key, { type: "string" as const }])),
  });
  const parsed = Options.safeParse(values);
  if (!parsed.success)
    throw new Error(`${parsed.error.issues.map((i) => `--${i.path.join(".")}: ${i.message}`).join("\n")}\n${USAGE}`);
  const password = env.SIMULATE_PASSWORD ?? env.RUNBOARD_ADMIN_PASSWORD;
  if (!password) throw new Error(`SIMULATE_PASSWORD is not set\n${USAGE}`);
  const given = parsed.data;
  const dataDir = path.resolve(env.RUNBOARD_DATA ?? ".data");
  const handsOff = new Set(
    given["hands-off"]
      .split(",")
      .map((email) => email.trim())
      .filter((email) => email !== ""),
  );
  return {
    url: given.url,
    units: given.units,
    intervalS: given.interval,
    adminEmail: given["admin-email"],
    password,
    dataDir,
    countyDir: given.county ?? path.join(dataDir, "county"),
    durationS: given.duration,
    callsPerHour: given.calls,
    handsOff,
  };
}
