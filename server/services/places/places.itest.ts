import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedCounty } from "@/db/seed/county";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aUser, testCtx } from "@/db/testing/factories";
import type { AddressRow, FacilityRow } from "@/scripts/county/files";
import { generateCounty } from "@/scripts/county/generate";
import type { Ctx } from "@/server/context";
import { distanceM } from "@/server/domain/geo/lng-lat";
import { nearestAddress } from "./nearest-address";
import { searchAddresses } from "./search-addresses";

const database = useTestDatabase();
let dir: string;
let ctx: Ctx;
let stranger: Ctx;
let addresses: AddressRow[];
let facilities: FacilityRow[];

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "places-"));
  await generateCounty({ out: dir, radiusM: 3600 });
  addresses = (await readFile(path.join(dir, "addresses.ndjson"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AddressRow);
  facilities = JSON.parse(await readFile(path.join(dir, "facilities.json"), "utf8")) as FacilityRow[];
  const [own, other] = [
    await aUser(database.owner, (await anAgency(database.owner)).id),
    await aUser(database.owner, (await anAgency(database.owner)).id),
  ];
  await seedCounty(database.owner, own.agencyId, dir);
  [ctx, stranger] = [testCtx(database.db, own), testCtx(database.db, other)];
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

const first = async (q: string) => (await searchAddresses(ctx, { q }))[0];
const someOn = (street: RegExp) => addresses.filter((a) => street.test(a.street));

describe("searching", () => {
  test("a house number and the beginning of a street find the house", async () => {
    const [house] = someOn(/^E Main St$/);
    expect(await first(`${house?.number} main`)).toMatchObject({
      kind: "address",
      precision: "exact",
      label: expect.stringMatching(/Main St, Marlow 617\d\d$/),
    });
    expect(await first(`${house?.number} East Main Street apt 4, ${house?.zip}`)).toMatchObject({
      label: `${house?.number} E Main St, Marlow ${house?.zip}`,
      lat: house?.lat,
      lon: house?.lon,
    });
  });

  test("a missing number is placed between its neighbours", async () => {
    const street = someOn(/^N Central Ave$/).toSorted((a, b) => a.number - b.number);
    const gap = street.findIndex((a, i) => {
      const next = street.slice(i + 1).find((b) => b.number % 2 === a.number % 2);
      return next !== undefined && next.zip === a.zip && next.number - a.number >= 4 && next.number - a.number < 60;
    });
    const before = street[gap]!;
    const found = await first(`${before.number + 2} n central ave ${before.zip}`);
    expect(found).toMatchObject({ kind: "address", precision: "interpolated" });
    expect(distanceM({ lng: found!.lon, lat: found!.lat }, { lng: before.lon, lat: before.lat })).toBeLessThan(150);
  });

  test.each(["mian st", "centrl ave", "resevoir st", "comerce"])("a slip of the finger is forgiven: %s", async (q) => {
    expect(await searchAddresses(ctx, { q })).not.toEqual([]);
  });

  test("swapped letters find the street that was meant", async () => {
    expect((await first("mian st"))?.label).toMatch(/Main St/);
    expect((await first("100 n cetnral"))?.label).toMatch(/Central Ave/);
  });

  test("two streets find their crossing", async () => {
    const found = await first("main & central");
    expect(found).toMatchObject({ kind: "intersection", label: expect.stringMatching(/Main St & [NS] Central Ave/) });
    expect(distanceM({ lng: found!.lon, lat: found!.lat }, { lng: -89.38, lat: 40.62 })).toBeLessThan(400);
  });

  test("a facility is found by part of its name, and says which it is", async () => {
    const wanted = facilities.find((f) => f.kind === "snf")!;
    const words = wanted.name.split(" ").slice(0, 2).join(" ").toLowerCase();
    const found = (await searchAddresses(ctx, { q: words })).find((p) => p.label.startsWith(wanted.name));
    expect(found).toMatchObject({ kind: "facility", zip: wanted.zip, lat: wanted.lat, lon: wanted.lon });
    expect(found?.facilityId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("what is nearer comes first among equals", async () => {
    const near = { lat: 40.62, lon: -89.33 };
    const found = await searchAddresses(ctx, { q: "main st", near });
    expect(found[0]?.label).toMatch(/^E Main St/);
  });

  test.each(["", "   ", "&", "121", "' or 1=1 --", "🚑", ":* & | !", "\\", "x".repeat(160), "main & ", "zzqqxx 99"])(
    "nothing breaks it: %j",
    async (q) => {
      expect(Array.isArray(await searchAddresses(ctx, { q }))).toBe(true);
    },
  );

  test("another agency finds nothing of ours", async () => {
    expect(await searchAddresses(stranger, { q: "main" })).toEqual([]);
    expect(await searchAddresses(stranger, { q: "mian & central" })).toEqual([]);
    expect(await nearestAddress(stranger, { lat: 40.62, lon: -89.38 })).toBeNull();
  });
});

test("a click finds the nearest house, and none far from all", async () => {
  const house = addresses[700]!;
  const found = await nearestAddress(ctx, { lat: house.lat + 0.00002, lon: house.lon });
  expect(found).toMatchObject({ label: `${house.number} ${house.street}, ${house.place} ${house.zip}`, distanceM: 2 });
  expect(await nearestAddress(ctx, { lat: 41.5, lon: -89.38 })).toBeNull();
});

test("seeding again leaves each street, house and facility once", async () => {
  const count = () =>
    database.owner.execute(
      sql`select (select count(*) from addresses)::int as a, (select count(*) from streets)::int as s, (select count(*) from facilities)::int as f, (select count(*) from bases)::int as b`,
    );
  const before = [...(await count())];
  await seedCounty(database.owner, ctx.actor.agencyId, dir);
  expect([...(await count())]).toEqual(before);
});
