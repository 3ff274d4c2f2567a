import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { type Db, openDb, readInAgency } from "@/db/client";
import { nearestPositions } from "@/db/queries/nearest";
import { seedFleet } from "@/scripts/bench/lib/fleet";
import { type BenchDatabase, benchDatabase } from "@/scripts/bench/lib/installation";
import { type Check, conclude, printTable, quantile, round } from "@/scripts/bench/lib/report";
import { runBench } from "@/scripts/bench/lib/run-bench";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { step } from "@/scripts/lib/steps.mjs";
import type { Ctx } from "@/server/context";
import { quoteWorkIn } from "@/server/services/planning/quote-work-in";
import { findNearby } from "@/server/services/positions/find-nearby";
import { allPositions } from "@/server/services/positions/list-positions";
import { BoardInput, getBoard } from "@/server/services/trips/get-board";
import { addDayOfHistory, addFullDay, addTrips, addVehicles, placeOf } from "./seed";

// `npm run bench:query [-- --vehicles 100000,1000000] [--runs 500]`: what dispatchers ask most, as the app role behind
// row-level security, through the same functions as the product. `--vehicles 0` asks about one more trip only.
const text = { type: "string" as const };
const { values: flags } = parseArgs({
  options: { vehicles: { ...text, default: "100000,1000000" }, runs: { ...text, default: "500" } },
});
const AGENCIES = 200;
const WARM_UP = 30;

type Timed = { query: string; wanted: string; runs: number; rows: number; p50Ms: number; p95Ms: number; p99Ms: number };

/** Runs a query again and again, the first times unmeasured: connections and plans are warm in a running product. */
async function time(
  query: string,
  wanted: string,
  runs: number,
  ask: () => Promise<readonly unknown[]>,
): Promise<Timed> {
  const spent: number[] = [];
  let rows = 0;
  for (let i = -Math.min(WARM_UP, runs); i < runs; i++) {
    const from = performance.now();
    rows = (await ask()).length;
    if (i >= 0) spent.push(performance.now() - from);
  }
  spent.sort((a, b) => a - b);
  const at = (share: number) => round(quantile(spent, share) ?? 0, 2);
  return { query, wanted, runs, rows, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

async function bench(cleanup: Cleanup): Promise<void> {
  const { owner, urls, secrets, dataDir } = await benchDatabase(cleanup);
  // What the services need of the environment, as any process of the product.
  Object.assign(process.env, secrets, { DATABASE_URL: urls.app, RUNBOARD_DATA: dataDir });
  const db = openDb(urls.app, { max: 4 });
  cleanup.add("connections of the app role", () => db.$client.end({ timeout: 1 }));
  const { agencies } = await seedFleet(owner, { agencies: AGENCIES, devices: AGENCIES });
  const [agencyId = ""] = agencies;
  const runs = Number(flags.runs);
  if (flags.vehicles === "0") {
    const timed = await quotes(db, owner, agencyId, Math.ceil(runs / 5));
    printTable([timed]);
    return conclude({ results: [timed] }, [checkOf(timed)]);
  }
  const results: Timed[] = [];
  let vehicles = AGENCIES;
  for (const wanted of flags.vehicles.split(",").map(Number)) {
    await step(`${wanted} vehicles`, () => addVehicles(owner, agencies, wanted - vehicles));
    vehicles = wanted;
    const anyAgency = () => agencies[Math.floor(Math.random() * AGENCIES)] ?? agencyId;
    results.push(await time(`nearest units of ${wanted} vehicles`, "p99 < 5 ms", runs, () => nearest(db, anyAgency())));
    results.push(await time("the same as the API answers it", "-", runs, () => nearby(dispatcher(db, anyAgency()))));
  }
  const ctx = () => dispatcher(db, agencyId);
  const vehicleId = await step("history", () => addDayOfHistory(owner, agencyId));
  const day = { from: new Date(Date.now() - 86_400_000), to: new Date() };
  const history = () => allPositions(ctx(), vehicleId, day);
  results.push(await time("a vehicle's day of history", "p50 < 20 ms", Math.ceil(runs / 5), history));
  await step("trips", () => addTrips(owner, agencyId, { count: 2_000, keys: secrets.PHI_KEYS }));
  results.push(await time("board of 2,000 trips", "p50 < 50 ms", Math.ceil(runs / 5), () => board(ctx())));
  results.push(await quotes(db, owner, agencies[1] ?? "", Math.ceil(runs / 5)));
  console.log("");
  printTable(results);
  conclude({ results }, results.filter(({ wanted }) => wanted !== "-").map(checkOf));
}

/** A dispatcher at a console of the agency, now. */
const dispatcher = (db: Db, agencyId: string): Ctx => ({
  db,
  now: new Date(),
  requestId: randomUUID(),
  actor: {
    kind: "user",
    agencyId,
    userId: randomUUID(),
    accountId: randomUUID(),
    sessionId: randomUUID(),
    roles: ["dispatcher"],
    source: "console",
  },
});

const FULL_DAY = { units: 40, tripsEach: 11 };

/** Whether one more trip can be taken on a full day: asked while a caller is on the phone. */
async function quotes(db: Db, owner: BenchDatabase["owner"], agencyId: string, runs: number): Promise<Timed> {
  await step("a full day", () => addFullDay(owner, agencyId, FULL_DAY));
  let asked = 0;
  const quote = async () => {
    const n = asked++;
    const [from, to] = [placeOf(n * 3), placeOf(n * 3 + 50)];
    const at = new Date(Date.now() + (30 + (n % 60) * 10) * 60_000);
    const { options, rejected } = await quoteWorkIn(dispatcher(db, agencyId), {
      level: "wheelchair",
      pickup: { lat: from.lat, lon: from.lng, at },
      dropoff: { lat: to.lat, lon: to.lng },
    });
    return [...options, ...rejected];
  };
  const trips = FULL_DAY.units * FULL_DAY.tripsEach;
  return time(`one more trip on a day of ${trips} trips and ${FULL_DAY.units} units`, "p95 < 50 ms", runs, quote);
}

const somewhere = (around: number) => around + (Math.random() - 0.5) / 2;

function nearest(db: Db, agencyId: string) {
  const at = { lng: somewhere(-89.38), lat: somewhere(40.62) };
  const since = new Date(Date.now() - 3_600_000);
  return readInAgency(db, { agencyId }, (tx) => nearestPositions(tx, agencyId, at, { since, limit: 20 }));
}

async function nearby(ctx: Ctx) {
  const at = { lat: somewhere(40.62), lon: somewhere(-89.38) };
  return (await findNearby(ctx, { ...at, radiusM: 50_000, limit: 20 })).items;
}

async function board(ctx: Ctx) {
  const hour = 3_600_000;
  const period = { from: new Date(Date.now() - hour).toISOString(), to: new Date(Date.now() + hour).toISOString() };
  return (await getBoard(ctx, BoardInput.parse({ ...period, limit: 3_000 }))).trips;
}

function checkOf({ query, wanted, p50Ms, p95Ms, p99Ms }: Timed): Check {
  const [which = "", , most = "0"] = wanted.split(" ");
  const seen = which === "p99" ? p99Ms : which === "p95" ? p95Ms : p50Ms;
  return { name: query, wanted, seen, met: seen < Number(most) };
}

await runBench(bench);
