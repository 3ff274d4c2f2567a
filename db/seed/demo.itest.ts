import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aBase, aFacility, anAgency, aUser } from "@/db/testing/factories";
import { FACILITY_KINDS } from "@/server/domain/fleet/vocabulary";
import { playDay } from "./demo-board";
import { actingIn, minutesFrom } from "./demo-ctx";
import { ensureVehicles } from "./demo-fleet";
import { demoFacilities } from "./demo-places";
import { DEMO_VEHICLES } from "./demo-roster";
import { ensureShifts } from "./demo-shifts";
import { endEarlierDays, hasLiveBoard } from "./demo-tidy";
import { Dice } from "./random";

const database = useTestDatabase();
const CHICAGO = "America/Chicago";
const HOMES = [{ address: "12 Elm St, Marlow, IL 61701", zip: "61701", lat: 40.61, lon: -89.37 }];

async function anAgencyWithPlaces() {
  const { owner, db } = database;
  const { id: agencyId } = await anAgency(owner);
  await aBase(owner, agencyId);
  for (const kind of FACILITY_KINDS) await aFacility(owner, agencyId, { kind, name: `The ${kind}` });
  const admin = await aUser(owner, agencyId, ["admin"]);
  const dispatcher = await aUser(owner, agencyId);
  const crews = await Promise.all([1, 2, 3, 4].map(() => aUser(owner, agencyId, ["crew"])));
  return { agencyId, admin, dispatcher, crews, acting: actingIn(db, agencyId) };
}

/** Brings the demo of an agency up to `now`, as `npm run demo` does at each start. */
async function start(agency: Awaited<ReturnType<typeof anAgencyWithPlaces>>, now: Date) {
  const { agencyId, admin, dispatcher, crews, acting } = agency;
  const office = acting(admin.id, ["admin"], now);
  const vehicles = await ensureVehicles(office, DEMO_VEHICLES);
  await endEarlierDays(database.owner, acting(dispatcher.id, ["dispatcher"], now));
  const trucks = ["W21", "M12", "A31", "W22"];
  const pairings = trucks.map((callSign, i) => ({
    callSign,
    vehicleId: vehicles.get(callSign)!,
    crew: [crews[i]!.id],
  }));
  const dice = new Dice(1);
  const units = await ensureShifts(office, { pairings, timeZone: CHICAGO, dice });
  if (await hasLiveBoard(database.owner, agencyId, now)) return { units, played: 0 };
  const places = { homes: HOMES, facilities: await demoFacilities(database.owner, agencyId) };
  return { units, played: await playDay({ now, acting, dispatcherId: dispatcher.id, places, dice }, units) };
}

const tripsOf = (agencyId: string) =>
  database.owner.select().from(schema.trips).where(eq(schema.trips.agencyId, agencyId));

test("the demo's day is under way: trips closed, running, held and waiting, all clocks in the past", async () => {
  const agency = await anAgencyWithPlaces();
  const now = new Date("2027-03-03T18:00:00Z");
  const { units } = await start(agency, now);
  expect(units.every(({ signedOnAt, signedOffAt }) => signedOnAt !== null && signedOffAt === null)).toBe(true);
  const trips = await tripsOf(agency.agencyId);
  const statuses = new Set(trips.map(({ status }) => status));
  expect([...statuses]).toEqual(expect.arrayContaining(["completed", "requested", "reserved", "cancelled"]));
  expect(trips.filter(({ bookedAt }) => bookedAt > now)).toEqual([]);
  const assignments = await database.owner.query.assignments.findMany({
    where: eq(schema.assignments.agencyId, agency.agencyId),
  });
  expect(assignments.some(({ status }) => ["dispatched", "en_route", "at_pickup", "loaded"].includes(status))).toBe(
    true,
  );
  expect(assignments.every(({ completedAt }) => completedAt === null || completedAt <= now)).toBe(true);
});

test("starting again changes nothing; a start on a later day ends the old one and plays a new one", async () => {
  const agency = await anAgencyWithPlaces();
  const now = new Date("2027-03-13T18:00:00Z");
  await start(agency, now);
  const before = await tripsOf(agency.agencyId);
  expect((await start(agency, minutesFrom(now, 2))).played).toBe(0);
  expect(await tripsOf(agency.agencyId)).toHaveLength(before.length);
  // Over the night in which the clocks change.
  const later = minutesFrom(now, 2 * 24 * 60);
  const { units, played } = await start(agency, later);
  expect(played).toBeGreaterThan(0);
  expect(units.every(({ signedOnAt, endsAt }) => signedOnAt !== null && new Date(endsAt) > later)).toBe(true);
  const old = (await tripsOf(agency.agencyId)).filter(
    ({ closedAt, requestedAt }) => closedAt === null && requestedAt < minutesFrom(later, -12 * 60),
  );
  expect(old).toEqual([]);
});
