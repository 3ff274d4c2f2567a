import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { expect, test } from "vitest";
import { readInAgency, type Tx } from "@/db/client";
import { facilities, trips, vehicles } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aTrip, aVehicle } from "@/db/testing/factories";

const database = useTestDatabase();

test("what plain columns hold is read as drizzle reads it: dates, points, lists, objects, and nothing", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  await aVehicle(database.owner, agencyId);
  await aTrip(database.owner, agencyId);
  // A transaction of drizzle's own, which knows nothing of a quicker way.
  const plain = drizzle(database.owner.$client);
  const asked = (tx: Pick<Tx, "select">) => [
    tx.select().from(trips).where(eq(trips.agencyId, agencyId)),
    tx
      .select({ id: vehicles.id, levels: vehicles.levels, places: vehicles.places, of: trips.number })
      .from(vehicles)
      .leftJoin(trips, eq(trips.id, vehicles.id))
      .where(eq(vehicles.agencyId, agencyId)),
  ];
  const quick = await readInAgency(database.db, { agencyId }, (tx) => Promise.all(asked(tx)));
  expect(quick).toEqual(await Promise.all(asked(plain)));
  expect(quick.map((rows) => rows.length)).toEqual([1, 1]);
});

test("objects in a row are read as drizzle reads them: there, missing, and of several tables", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  const { id } = await aVehicle(database.owner, agencyId);
  const trip = await aTrip(database.owner, agencyId);
  const plain = drizzle(database.owner.$client);
  const number = sql<string>`upper(${trips.number})`;
  const asked = (tx: Pick<Tx, "select">) => [
    tx
      .select({ vehicle: { id: vehicles.id }, one: sql<number>`1`, facility: facilities, trip: trips })
      .from(vehicles)
      .leftJoin(facilities, eq(facilities.id, vehicles.id))
      .innerJoin(trips, eq(trips.agencyId, vehicles.agencyId))
      .where(eq(vehicles.agencyId, agencyId)),
    tx
      .select({
        both: { trip: trips.notesEnc, place: facilities.name, number },
        said: { number, id: facilities.id },
        named: { number: number.as("named") },
      })
      .from(trips)
      .leftJoin(facilities, eq(facilities.id, trips.id))
      .where(eq(trips.agencyId, agencyId)),
    tx.select().from(trips).leftJoin(vehicles, eq(vehicles.id, trips.id)).where(eq(trips.agencyId, agencyId)),
  ];
  const quick = await readInAgency(database.db, { agencyId }, (tx) => Promise.all(asked(tx)));
  expect(quick).toEqual(await Promise.all(asked(plain)));
  expect(quick[0]).toMatchObject([{ vehicle: { id }, one: 1, facility: null, trip: { id: trip.id } }]);
});
