import { afterAll, beforeAll, expect, test } from "vitest";
import { type IngestSql, openIngest } from "@/db/ingest-client";
import { findFollowedTrips } from "@/db/queries/followed-trips";
import { assignments } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aShift, aTrip, NOW } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { TripEvents } from "@/server/realtime/channel-events";
import { TripFollower } from "./follow-trips";

const database = useTestDatabase();
let sql: IngestSql;
beforeAll(() => {
  sql = openIngest(database.urls.app, { max: 1, prepare: true });
});
afterAll(() => sql.end({ timeout: 1 }));

async function aRide(
  agencyId: string,
  status: "dispatched" | "en_route",
  over: Partial<typeof assignments.$inferInsert> = {},
) {
  const shift = await aShift(database.owner, agencyId);
  const trip = await aTrip(database.owner, agencyId, { status, channelEpoch: 4 });
  await database.owner.insert(assignments).values({
    agencyId,
    id: newId(),
    tripId: trip.id,
    shiftId: shift.id,
    vehicleId: shift.vehicleId,
    mode: "dispatch",
    status,
    assignedAt: NOW,
    ...over,
  });
  return { trip, vehicleId: shift.vehicleId };
}

test("who follows a trip hears where its unit is once it is under way, the newest position only", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  const ride = await aRide(agencyId, "en_route");
  const waiting = await aRide(agencyId, "dispatched");
  const ended = await aRide(agencyId, "en_route", { current: false });
  const other = await anAgency(database.owner);
  const published: { channel: string; name: string; data: unknown }[] = [];
  const turns: { delayMs: number; run: () => void }[] = [];
  const nowMs = NOW.getTime();
  const told = new Promise<void>((resolve) => {
    const follower = new TripFollower({
      find: (vehicles) => findFollowedTrips(sql, vehicles),
      publish: (events) => Promise.resolve(void published.push(...events)).then(resolve),
      nowMs: () => nowMs,
      after: (delayMs, run) => turns.push({ delayMs, run }),
      onError: (error) => expect.fail(String(error)),
    });
    const at = (vehicleId: string, lat: number, of = agencyId) => ({
      agencyId: of,
      vehicleId,
      lat,
      lon: -76.6,
      headingDeg: 90,
      speedMps: null,
      takenAt: NOW,
    });
    follower.notify([at(ride.vehicleId, 1), at(waiting.vehicleId, 2)]);
    follower.notify([at(ride.vehicleId, 3), at(ended.vehicleId, 4), at(ride.vehicleId, 5, other.id)]);
  });
  expect(turns.map(({ delayMs }) => delayMs)).toEqual([0]);
  turns[0]?.run();
  await told;
  expect(published).toEqual([
    {
      channel: `private-trip.${ride.trip.id}.4`,
      name: "position",
      data: { tripId: ride.trip.id, takenAt: NOW.toISOString(), lat: 3, lon: -76.6, headingDeg: 90, speedMps: null },
    },
  ]);
  expect(TripEvents.position.safeParse(published[0]?.data).success).toBe(true);
});
