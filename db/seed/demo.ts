import path from "node:path";
import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { openDb } from "@/db/client";
import { agencies, outbox } from "@/db/schema";
import type { Db } from "@/db/types";
import { setOperator } from "@/server/services/people/set-operator";
import { playDay } from "./demo-board";
import { actingIn } from "./demo-ctx";
import { ensureVehicles } from "./demo-fleet";
import { demoFacilities, ensureCountyPlaces, ensureFewPlaces, someHomes } from "./demo-places";
import { DEMO_CREWS, DEMO_VEHICLES, MORE_CREW, OTHER_VEHICLES } from "./demo-roster";
import { ensureShifts } from "./demo-shifts";
import { endEarlierDays, hasLiveBoard } from "./demo-tidy";
import { hasty, localUrl } from "./local-url";
import { assertDemoDatabase, DEMO_PEOPLE, OTHER_PEOPLE, seedPeople, setDemoPassword } from "./people";
import { Dice } from "./random";

const TIME_ZONE = "America/Chicago";
const DEMO = "Marlow County Medical Transport";
const OTHER = "Otter Creek Ambulance";
const SEED = 20_270_303;

type Stage = { owner: Db; app: Db; now: Date; password: string; countyDir: string };

async function ensureAgency(owner: Db, name: string): Promise<string> {
  const known = await owner
    .select({ id: agencies.id })
    .from(agencies)
    .where(and(eq(agencies.name, name), sql`${agencies.settings} ->> 'demo' = 'true'`));
  if (known[0]) return known[0].id;
  const id = v7();
  await owner.insert(agencies).values({ id, name, timeZone: TIME_ZONE, settings: { demo: true } });
  return id;
}

const idOf = (people: ReadonlyMap<string, string>, email: string): string => {
  const id = people.get(email);
  if (!id) throw new Error(`${email} was not seeded`);
  return id;
};

/** The agency of the demo county: its people, places, fleet, and a day that is under way. */
async function seedDemoAgency({ owner, app, now, password, countyDir }: Stage): Promise<void> {
  const agencyId = await ensureAgency(owner, DEMO);
  const people = await seedPeople(owner, agencyId, [...DEMO_PEOPLE, ...MORE_CREW], password);
  // So that the demo shows the page of jobs in full.
  await setOperator(owner, now, { email: "admin@demo.test", operator: true });
  await ensureCountyPlaces(owner, agencyId, countyDir);
  const acting = actingIn(app, agencyId);
  const admin = acting(idOf(people, "admin@demo.test"), ["admin"], now);
  const dispatcherId = idOf(people, "dispatcher@demo.test");
  const vehicleIds = await ensureVehicles(admin, DEMO_VEHICLES);
  await endEarlierDays(owner, acting(dispatcherId, ["dispatcher"], now));
  const dice = new Dice(SEED);
  const pairings = DEMO_CREWS.flatMap(({ callSign, crew }) => {
    const vehicleId = vehicleIds.get(callSign);
    return vehicleId ? [{ callSign, vehicleId, crew: crew.map((email) => idOf(people, email)) }] : [];
  });
  const units = await ensureShifts(admin, { pairings, timeZone: TIME_ZONE, dice });
  if (await hasLiveBoard(owner, agencyId, now)) return;
  const places = { homes: await someHomes(owner, agencyId), facilities: await demoFacilities(owner, agencyId) };
  await playDay({ now, acting, dispatcherId, places, dice }, units);
}

/** A second agency with a few trucks, there to show that agencies do not see each other. */
async function seedOtherAgency({ owner, app, now, password, countyDir }: Stage): Promise<void> {
  const agencyId = await ensureAgency(owner, OTHER);
  const people = await seedPeople(owner, agencyId, OTHER_PEOPLE, password);
  await ensureFewPlaces(owner, agencyId, countyDir);
  const admin = actingIn(app, agencyId)(idOf(people, "admin@other.test"), ["admin"], now);
  await ensureVehicles(admin, OTHER_VEHICLES);
}

/** Fills a database for the demo, and brings one that the demo filled up to now. Run it as often as you like. */
async function main(): Promise<void> {
  const owner = openDb(hasty(localUrl("DATABASE_OWNER_URL", process.env)), { max: 2, name: "runboard-demo-seed" });
  const app = openDb(hasty(localUrl("DATABASE_URL", process.env)), { max: 2, name: "runboard-demo-seed" });
  const password = process.env.DEMO_PASSWORD ?? "runboard-demo";
  const countyDir = path.join(process.env.RUNBOARD_DATA ?? ".data", "county");
  try {
    await assertDemoDatabase(owner);
    const stage = { owner, app, now: new Date(), password, countyDir };
    await seedOtherAgency(stage);
    await seedDemoAgency(stage);
    await setDemoPassword(owner, password);
    // Nobody listened while the day was played: listeners begin with what is.
    await owner.update(outbox).set({ sentAt: sql`now()` }).where(isNull(outbox.sentAt));
  } finally {
    await Promise.all([owner.$client.end(), app.$client.end()]);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
