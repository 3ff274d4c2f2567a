import { describe, expect, test } from "vitest";
import { NEW_TRIP, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { aFacility, aUser, testCtx } from "@/db/testing/factories";
import type { TripView } from "@/server/domain/trips/trip-view";
import { getBoard } from "@/server/services/trips/get-board";

const database = useTestDatabase();
const { aCaller, aPartner, aWorkingAgency } = useCallers(database);
const DOOR = ["address", "zip", "lat", "lon"];

/** A trip from somebody's home to a hospital. */
async function aTripFromHome() {
  const agency = await aWorkingAgency();
  const facility = await aFacility(database.owner, agency.agencyId);
  const pickup = { ...NEW_TRIP.pickup, zip: "61571" };
  const booked = await agency.dispatch("POST", "/trips", { ...NEW_TRIP, pickup, dropoff: { facilityId: facility.id } });
  expect(booked.status).toBe(201);
  const { id } = booked.body as TripView;
  const seenBy = async (call: typeof agency.dispatch) => (await call("GET", `/trips/${id}`)).body as TripView;
  return { ...agency, id, facility, seenBy };
}

describe("the place of a pickup at home", () => {
  test("has its point for any key of trips, its address and ZIP with riders:read only; the hospital's are told both", async () => {
    const { admin, seenBy, facility } = await aTripFromHome();
    const stranger = await seenBy((await aPartner(admin, ["trips:read", "trips:write"])).call);
    const trusted = await seenBy((await aPartner(admin, ["trips:read", "riders:read"])).call);
    for (const field of DOOR) expect(trusted.pickup).toHaveProperty(field);
    expect(stranger.pickup).toMatchObject({ lat: NEW_TRIP.pickup.lat, lon: NEW_TRIP.pickup.lon });
    expect(stranger.pickup).not.toHaveProperty("address");
    expect(stranger.pickup).not.toHaveProperty("zip");
    for (const trip of [stranger, trusted]) {
      expect(trip.dropoff).toMatchObject({ facilityName: facility.name, zip: "61501", lat: facility.location.lat });
    }
  });

  test("is told dispatchers, and not those who see initials only; another agency finds no such trip", async () => {
    const { agencyId, dispatch, seenBy, id } = await aTripFromHome();
    expect((await seenBy(dispatch)).pickup).toMatchObject({ lat: NEW_TRIP.pickup.lat, zip: "61571" });
    for (const role of ["billing", "clinical"] as const) {
      const { pickup, riderName } = await seenBy((await aCaller(agencyId, [role])).call);
      expect(riderName).toBe("A. L.");
      for (const field of DOOR) expect(pickup).not.toHaveProperty(field);
    }
    const other = await aWorkingAgency();
    expect((await other.dispatch("GET", `/trips/${id}`)).status).toBe(404);
  });

  test("stays off the board of a locked console", async () => {
    const { agencyId, id } = await aTripFromHome();
    const ctx = testCtx(database.db, await aUser(database.owner, agencyId, ["dispatcher"]), new Date());
    const locked = ctx.actor.kind === "user" ? { ...ctx, actor: { ...ctx.actor, locked: true } } : ctx;
    const rowOf = async (who: typeof ctx) => (await getBoard(who, { limit: 50 })).trips.find((trip) => trip.id === id);
    expect((await rowOf(ctx))?.from).toMatchObject({ lat: NEW_TRIP.pickup.lat, lon: NEW_TRIP.pickup.lon });
    expect((await rowOf(locked))?.from).toEqual({ label: null, facilityId: null, lat: null, lon: null });
    expect((await rowOf(locked))?.to).toMatchObject({ label: expect.any(String), lat: expect.any(Number) });
  });
});
