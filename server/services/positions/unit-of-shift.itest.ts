import { expect, test } from "vitest";
import { openIngest } from "@/db/ingest-client";
import { unitEvents } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aShift, aUser, aVehicle } from "@/db/testing/factories";
import { aPairedDevice, storedOf, useIngest } from "@/db/testing/ingest-harness";
import { newId } from "@/server/ids";
import { writeBatch } from "./write-batch";

const database = useTestDatabase();
const gps = useIngest(database);
const ago = (seconds: number) => new Date(gps.now().getTime() - seconds * 1000);

test("after a swap a late fix of the crew belongs to the truck of its time", async () => {
  const agencyId = (await anAgency(database.owner)).id;
  const crew = await aUser(database.owner, agencyId, ["crew"]);
  const [first, second] = [await aVehicle(database.owner, agencyId), await aVehicle(database.owner, agencyId)];
  const { token } = await aPairedDevice(database, { agencyId, userId: crew.id });
  const shift = await aShift(
    database.owner,
    agencyId,
    { vehicleId: second.id, startsAt: ago(7200), endsAt: ago(-7200), signedOnAt: ago(7200) },
    [crew.id],
  );
  const data = { fromVehicleId: first.id, vehicleId: second.id };
  await database.owner.insert(unitEvents).values({
    agencyId,
    id: newId(),
    shiftId: shift.id,
    kind: "vehicle_swapped",
    happenedAt: ago(3600),
    source: "crew",
    data,
  });
  const fixes = [5000, 4000, 3000].map((s) => ({ takenAt: ago(s).toISOString(), lat: 39.3, lon: -76.6 }));
  const answer = await gps.send({ headers: { authorization: `Bearer ${token}` }, body: { fixes } });
  expect(answer.json).toMatchObject({ accepted: 3 });
  expect((await storedOf(database, first.id)).history).toHaveLength(2);
  expect((await storedOf(database, second.id)).history).toHaveLength(1);
});

test("a sign-on is known to the next fix, also when the one before was refused", async () => {
  const agencyId = (await anAgency(database.owner)).id;
  const crew = await aUser(database.owner, agencyId, ["crew"]);
  const { token } = await aPairedDevice(database, { agencyId, userId: crew.id });
  const post = async () =>
    (await gps.send({ headers: { authorization: `Bearer ${token}` }, body: { lat: 39.3, lon: -76.6 } })).json;
  expect(await post()).toMatchObject({ accepted: 0, quarantined: [{ code: "off_shift" }] });
  await aShift(database.owner, agencyId, { startsAt: ago(60), endsAt: ago(-7200), signedOnAt: ago(60) }, [crew.id]);
  expect(await post()).toMatchObject({ accepted: 1 });
});

test("without a database the answer is 503 with a time to come back, never a 2xx", async () => {
  const { device, agencyId, vehicleId } = await aPairedDevice(database);
  const gone = openIngest("postgres://nobody:x@127.0.0.1:1/none", { max: 1, prepare: true });
  const fix = {
    lat: 1,
    lon: 1,
    takenAt: ago(1),
    receivedAt: ago(0),
    accuracyM: null,
    speedMps: null,
    headingDeg: null,
    altitudeM: null,
    batteryPct: null,
    charging: null,
  };
  const stored = { ...fix, agencyId, vehicleId, deviceId: device.id, shiftId: null, source: "device" as const };
  const failed = writeBatch({ sql: gone, onMoved: () => undefined }, [{ fixes: [stored], quarantined: [] }]);
  await expect(failed).rejects.toMatchObject({ code: "unavailable", retryAfterS: 2 });
  await gone.end({ timeout: 0 });
});
