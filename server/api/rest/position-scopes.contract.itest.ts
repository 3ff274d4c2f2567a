import { expect, test } from "vitest";
import { useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";

const database = useTestDatabase();
const { aPartner, aWorkingAgency } = useCallers(database);

const FILES = ["json", "geojson", "gpx"];

test("where a vehicle was is told a key with positions:read, and none that may read the fleet only", async () => {
  const { admin, dispatch, vehicle } = await aWorkingAgency();
  const fleet = await aPartner(admin, ["fleet:read", "trips:read"]);
  const positions = await aPartner(admin, ["positions:read"]);
  for (const format of FILES) {
    const path = `/vehicles/${vehicle.id}/positions?format=${format}`;
    expect((await fleet.call("GET", path)).status).toBe(403);
    expect((await positions.call("GET", path)).status).toBe(200);
    expect((await dispatch("GET", path)).status).toBe(200);
  }
  const nearby = "/vehicles/nearby?lat=40.6&lon=-89.4";
  expect((await fleet.call("GET", nearby)).status).toBe(200);
});

test("a key of another agency finds no such vehicle, whatever its scopes", async () => {
  const [mine, theirs] = [await aWorkingAgency(), await aWorkingAgency()];
  const stranger = await aPartner(theirs.admin, ["positions:read", "fleet:read"]);
  expect((await stranger.call("GET", `/vehicles/${mine.vehicle.id}/positions`)).status).toBe(404);
});
