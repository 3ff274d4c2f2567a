import { expect, test } from "vitest";
import { aFleet, aSecondPhone, type Phone } from "./kit/fleet";
import { askJson } from "./kit/http";
import { useStack } from "./kit/stack";
import { countStored, expectStoredOnce } from "./kit/stored";
import { fixAt, type SentFix } from "./kit/traffic";

const stack = useStack();
const HOUR_MS = 3_600_000;

type Counts = { accepted: number; duplicates: number; quarantined: { code: string }[] };

async function post({ token }: Phone, fixes: SentFix[]): Promise<Counts> {
  const { status, text } = await askJson(`${stack().url}/api/v1/positions`, { token, json: { fixes } });
  expect(status, text).toBe(202);
  return JSON.parse(text) as Counts;
}

async function liveOf({ vehicleId }: Phone) {
  const [row] = await stack().sql<{ lon: number; deviceId: string }[]>`
    select ST_X(location::geometry) as lon, device_id as "deviceId" from vehicle_positions where vehicle_id = ${vehicleId}`;
  return row;
}

/** A fix of vehicle 0, `n` steps of four metres along its street, by a clock that is wrong by so much. */
const fixOff = (n: number, offMs: number) => fixAt(0, n, new Date(Date.now() + offMs));

test("a clock that is hours wrong, or jumps, neither loses fixes nor stops the unit on the map", async () => {
  const { phones } = await aFleet(stack(), 1);
  const [phone] = phones as [Phone];
  expect(await post(phone, [fixOff(1, 0)])).toMatchObject({ accepted: 1 });
  const ahead = await post(phone, [fixOff(2, 3 * HOUR_MS)]);
  expect(ahead.quarantined.map(({ code }) => code)).toEqual(["future"]);
  expect(await post(phone, [fixOff(3, -3 * HOUR_MS)])).toMatchObject({ accepted: 1, quarantined: [] });
  expect((await liveOf(phone))?.lon).toBeCloseTo(fixOff(1, 0).lon, 6);
  // Five minutes ahead are believed; they must not hold the unit there for five minutes.
  expect(await post(phone, [fixOff(4, 5 * 60_000)])).toMatchObject({ accepted: 1 });
  const back = fixOff(5, 0);
  expect(await post(phone, [back])).toMatchObject({ accepted: 1 });
  expect((await liveOf(phone))?.lon).toBeCloseTo(back.lon, 6);
  expect(await countStored(stack(), [phone.vehicleId])).toBe(4);
});

test("of two phones in one vehicle both are kept in history, and the map follows one of them", async () => {
  const fleet = await aFleet(stack(), 1);
  const [first] = fleet.phones as [Phone];
  const second = await aSecondPhone(stack(), fleet, first);
  await post(first, [fixOff(0, 0)]);
  const seen = new Set<string | undefined>();
  for (let n = 1; n <= 10; n++) {
    await Promise.all([post(first, [fixOff(n, 0)]), post(second, [fixOff(n + 3, 1)])]);
    seen.add((await liveOf(first))?.deviceId);
  }
  expect([...seen]).toEqual([first.deviceId]);
  expect(await countStored(stack(), [first.vehicleId])).toBe(21);
});

test("the same batch on ten connections at once is stored once, and its answers add up", async () => {
  const { phones } = await aFleet(stack(), 1);
  const [phone] = phones as [Phone];
  const batch = Array.from({ length: 500 }, (_, n) => fixOff(n, (n - 500) * 1_000));
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(phone, batch)));
  const sum = (key: "accepted" | "duplicates") => answers.reduce((all, one) => all + one[key], 0);
  expect([sum("accepted"), sum("duplicates")]).toEqual([500, 4_500]);
  await expectStoredOnce(stack(), new Map([[phone.vehicleId, batch]]));
  expect(await countStored(stack(), [phone.vehicleId])).toBe(500);
});
