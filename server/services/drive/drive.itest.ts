import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog, exceptions, outbox, unitEvents } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aShift, aTrip, aUser, testCtx } from "@/db/testing/factories";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { getManifest } from "./get-manifest";
import { raiseEmergency } from "./raise-emergency";

const database = useTestDatabase();

async function aCrewOnShift() {
  const agency = await anAgency(database.owner);
  const dispatcher = testCtx(database.db, await aUser(database.owner, agency.id));
  const crew = await aUser(database.owner, agency.id, ["crew"], { name: "Casey Crew" });
  const shift = await aShift(database.owner, agency.id, {}, [crew.id]);
  return { agency, dispatcher, crew: testCtx(database.db, crew), shift };
}

test("a crew sees its shift, its stops in order and the trips it was told of, and no others", async () => {
  const { agency, dispatcher, crew, shift } = await aCrewOnShift();
  const trip = await aTrip(database.owner, agency.id, {
    level: "stretcher",
    passengers: { ambulatory: 0, wheelchair: 0, stretcher: 1 },
  });
  await aTrip(database.owner, agency.id);
  await assignTrip(dispatcher, { tripId: trip.id, shiftId: shift.id, mode: "dispatch", override: { reason: "test" } });
  const manifest = await getManifest(crew);
  expect(manifest.shift).toMatchObject({ id: shift.id, crewNames: ["Casey Crew"] });
  expect(manifest.stops.map(({ kind }) => kind)).toEqual(["pickup", "dropoff"]);
  expect(manifest.trips.map(({ id }) => id)).toEqual([trip.id]);
});

test("somebody without a shift sees an empty run", async () => {
  const { agency } = await aCrewOnShift();
  const other = testCtx(database.db, await aUser(database.owner, agency.id, ["crew"]));
  expect(await getManifest(other)).toMatchObject({ shift: null, stops: [], trips: [] });
});

test("a call for help opens one emergency, tells the consoles, and leaves an event and an audit row", async () => {
  const { agency, crew, shift } = await aCrewOnShift();
  await raiseEmergency(crew);
  await raiseEmergency(crew);
  const rows = await database.owner.select().from(exceptions).where(eq(exceptions.agencyId, agency.id));
  expect(rows).toMatchObject([{ kind: "crew_emergency", severity: "emergency", shiftId: shift.id }]);
  const events = await database.owner.select().from(unitEvents).where(eq(unitEvents.shiftId, shift.id));
  expect(events.map(({ kind }) => kind)).toEqual(["emergency"]);
  const sent = await database.owner.select().from(outbox).where(eq(outbox.agencyId, agency.id));
  expect(sent.map(({ name }) => name)).toContain("exception.changed");
  const audits = await database.owner.select().from(auditLog).where(eq(auditLog.agencyId, agency.id));
  expect(audits.map(({ action }) => action)).toEqual(["exception.open"]);
});

test("a call for help without a shift is refused", async () => {
  const agency = await anAgency(database.owner);
  const crew = testCtx(database.db, await aUser(database.owner, agency.id, ["crew"]));
  await expect(raiseEmergency(crew)).rejects.toMatchObject({ code: "rule_broken", reasons: [{ code: "off_shift" }] });
});
