import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { devices, exceptions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aShift, aUser, aVehicle } from "@/db/testing/factories";
import { aPairedDevice, storedOf, useIngest } from "@/db/testing/ingest-harness";

const database = useTestDatabase();
const gps = useIngest(database);
const bearer = (token: string) => ({ authorization: `Bearer ${token}`, "content-type": "application/json" });
const ago = (seconds: number) => new Date(gps.now().getTime() - seconds * 1000).toISOString();
const fix = (secondsAgo: number, over = {}) => ({ takenAt: ago(secondsAgo), lat: 39.3, lon: -76.6, ...over });
const post = (token: string, body: unknown) => gps.send({ headers: bearer(token), body });
const counts = (accepted: number, duplicates = 0, quarantined: unknown[] = []) => ({
  accepted,
  duplicates,
  quarantined,
});

describe("store, then answer", () => {
  test("a fix is in the history and live when the 202 comes, and the map hears of it", async () => {
    const { token, vehicleId, device, agencyId } = await aPairedDevice(database);
    const answer = await post(
      token,
      fix(3, { speedMps: 11.5, headingDeg: 90, accuracyM: 8, batteryPct: 81, charging: true }),
    );
    expect([answer.status, answer.json]).toEqual([202, counts(1)]);
    const { history, live } = await storedOf(database, vehicleId);
    expect(history).toMatchObject([
      { agencyId, deviceId: device.id, latE7: 393000000, lonE7: -766000000, shiftId: null },
    ]);
    expect(live).toMatchObject({
      agencyId,
      speedMps: 11.5,
      headingDeg: 90,
      accuracyM: 8,
      batteryPct: 81,
      charging: true,
      source: "device",
    });
    expect(live?.location).toEqual({ lng: -76.6, lat: 39.3 });
    expect(gps.moved).toContain(vehicleId);
  });

  test("the same again is a duplicate, in one batch, later, and at once", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    const [a, b] = [fix(20), fix(10)];
    expect((await post(token, { fixes: [a, a, b] })).json).toEqual(counts(2, 1));
    expect((await post(token, { fixes: [a, b, fix(5)] })).json).toEqual(counts(1, 2));
    const again = fix(2);
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(token, again)));
    const accepted = answers.map((answer) => (answer.json as { accepted: number }).accepted);
    expect(accepted.reduce((sum, n) => sum + n)).toBe(1);
    expect((await storedOf(database, vehicleId)).history).toHaveLength(4);
  });

  test("bad fixes are set aside by name and once, and the others stored", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    const fixes = [
      fix(9),
      fix(8, { lat: 91 }),
      fix(7, { lat: 0, lon: 0 }),
      fix(-700),
      fix(8 * 86_400),
      fix(6, { lat: "x" }),
      { takenAt: ago(5) },
      fix(4, { takenAt: "soon" }),
      null,
    ];
    const codes = [
      "out_of_range",
      "null_island",
      "future",
      "too_old",
      "not_a_number",
      "missing_position",
      "bad_time",
      "missing_position",
    ];
    const expected = counts(
      1,
      0,
      codes.map((code, i) => ({ index: i + 1, code })),
    );
    expect((await post(token, { fixes })).json).toEqual(expected);
    expect((await post(token, { fixes })).json).toEqual({ ...expected, accepted: 0, duplicates: 1 });
    const { history, quarantined } = await storedOf(database, vehicleId);
    expect(history).toHaveLength(1);
    expect(quarantined.map((row) => row.code).sort()).toEqual(codes.sort());
  });

  test("an impossible jump is set aside, also when sent again after three consistent fixes moved the anchor", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    await post(token, fix(60));
    const away = (s: number) => fix(s, { lat: 45 });
    const jump = counts(0, 0, [{ index: 0, code: "impossible_jump" }]);
    const first = away(50);
    expect((await post(token, first)).json).toEqual(jump);
    expect((await post(token, first)).json).toEqual(jump);
    expect((await post(token, away(40))).json).toEqual(jump);
    expect((await storedOf(database, vehicleId)).live?.location.lat).toBe(39.3);
    expect((await post(token, away(30))).json).toEqual(counts(1));
    expect((await storedOf(database, vehicleId)).live?.location.lat).toBe(45);
    expect((await post(token, first)).json).toEqual(jump);
    expect((await storedOf(database, vehicleId)).quarantined).toHaveLength(2);
  });

  test("a late batch lands in the history and moves nothing", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    await post(token, fix(2, { lat: 39.31 }));
    expect((await post(token, { fixes: [fix(600), fix(86_400), fix(300)] })).json).toEqual(counts(3));
    const { history, live } = await storedOf(database, vehicleId);
    expect(history).toHaveLength(4);
    expect(live?.location.lat).toBe(39.31);
  });

  test("a clock that runs ahead does not hold the position for ever, nor does a repeat move it back", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    const ahead = fix(-300, { lat: 39.3001 });
    await post(token, ahead);
    await post(token, fix(0, { lat: 39.3002 }));
    await vi.waitFor(async () => {
      await post(token, fix(0, { lat: 39.3003 }));
      expect((await storedOf(database, vehicleId)).live?.location.lat).toBe(39.3003);
    });
    await post(token, ahead);
    expect((await storedOf(database, vehicleId)).live?.location.lat).toBe(39.3003);
  });

  test("a row the database refuses fails alone, in its batch and among its neighbours", async () => {
    await database.sql`alter table position_history add constraint no_13 check (lat_e7 <> 130000000)`;
    const [poisoned, ...others] = await Promise.all(Array.from({ length: 6 }, () => aPairedDevice(database)));
    const answers = await Promise.all([
      post(poisoned!.token, { fixes: [fix(9, { lat: 13 }), fix(8, { lat: 13.0001 })] }),
      ...others.map(({ token }) => post(token, fix(5))),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(202));
    expect(answers[0]?.json).toEqual(counts(1, 0, [{ index: 0, code: "unstorable" }]));
    for (const { vehicleId } of others) expect((await storedOf(database, vehicleId)).history).toHaveLength(1);
    await database.sql`alter table position_history drop constraint no_13`;
  });

  test("a missing day is made on the way", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    const day = ago(3 * 86_400)
      .slice(0, 10)
      .replaceAll("-", "");
    await database.sql.unsafe(`drop table position_history_${day}`);
    expect((await post(token, fix(3 * 86_400))).json).toEqual(counts(1));
    expect((await storedOf(database, vehicleId)).history).toHaveLength(1);
  });
});

describe("whose fix it is", () => {
  test("a crew phone speaks for the truck of the shift signed on at that time, and for nobody else", async () => {
    const { agencyId } = await aPairedDevice(database);
    const crew = await aUser(database.owner, agencyId, ["crew"]);
    const { token } = await aPairedDevice(database, { agencyId, userId: crew.id });
    expect((await post(token, fix(1))).json).toEqual(counts(0, 0, [{ index: 0, code: "off_shift" }]));
    const [startsAt, endsAt] = [new Date(ago(3600)), new Date(ago(-3600))];
    const shift = await aShift(database.owner, agencyId, { startsAt, endsAt, signedOnAt: startsAt }, [crew.id]);
    const fixes = [fix(10), fix(3600 + 800), fix(3600 + 1000)];
    expect((await post(token, { fixes })).json).toEqual(counts(2, 0, [{ index: 2, code: "off_shift" }]));
    const { history, live } = await storedOf(database, shift.vehicleId);
    expect(history.map((row) => row.shiftId)).toEqual([shift.id, shift.id]);
    expect(live?.source).toBe("crew");
  });

  test("the vehicle's own device is followed, a crew phone after a minute of silence", async () => {
    const own = await aPairedDevice(database);
    const { agencyId, vehicleId } = own;
    const crew = await aUser(database.owner, agencyId, ["crew"]);
    const phone = await aPairedDevice(database, { agencyId, userId: crew.id });
    const [startsAt, endsAt] = [new Date(ago(3600)), new Date(ago(-3600))];
    await aShift(database.owner, agencyId, { vehicleId, startsAt, endsAt, signedOnAt: startsAt }, [crew.id]);
    const latAfter = async (token: string, lat: number) => {
      await post(token, fix(0, { lat }));
      return (await storedOf(database, vehicleId)).live?.location.lat;
    };
    expect(await latAfter(own.token, 39.301)).toBe(39.301);
    expect(await latAfter(phone.token, 39.302)).toBe(39.301);
    gps.skip(61_000);
    expect(await latAfter(phone.token, 39.303)).toBe(39.303);
    gps.skip(1_000);
    expect(await latAfter(own.token, 39.304)).toBe(39.304);
    expect((await storedOf(database, vehicleId)).history).toHaveLength(4);
  });

  test("a fix of a vehicle names the shift that runs on it", async () => {
    const { token, agencyId, vehicleId } = await aPairedDevice(database);
    const startsAt = new Date(ago(3600));
    const shift = await aShift(database.owner, agencyId, {
      vehicleId,
      startsAt,
      endsAt: new Date(ago(-3600)),
      signedOnAt: startsAt,
    });
    await post(token, { fixes: [fix(4000), fix(5)] });
    expect((await storedOf(database, vehicleId)).history.map((row) => row.shiftId)).toEqual([null, shift.id]);
  });
});

describe("tokens", () => {
  test("unknown ones are 401, none is 401, a user name is not one", async () => {
    const { token } = await aPairedDevice(database);
    const basic = Buffer.from(`${token}:x`).toString("base64");
    for (const headers of [bearer(`${token}x`), bearer("rbd_"), {}, { authorization: `Basic ${basic}` }]) {
      const answer = await gps.send({ headers, body: fix(1) });
      expect([answer.status, answer.json]).toMatchObject([401, { error: { code: "unauthenticated" } }]);
    }
  });

  test("a revoked one is refused within five seconds, a rotated one after its overlap", async () => {
    const { token, device } = await aPairedDevice(database);
    expect((await post(token, fix(3))).status).toBe(202);
    await database.owner.update(devices).set({ deactivatedAt: gps.now() }).where(eq(devices.id, device.id));
    await vi.waitFor(async () => expect((await post(token, fix(2))).status).toBe(401), { timeout: 5000 });

    const rotated = await aPairedDevice(database);
    const until = new Date(gps.now().getTime() + 60_000);
    await database.owner
      .update(devices)
      .set({ tokenHash: "another", previousTokenHash: rotated.device.tokenHash, previousTokenUntil: until })
      .where(eq(devices.id, rotated.device.id));
    expect((await post(rotated.token, fix(1))).status).toBe(202);
    gps.skip(61_000);
    expect((await post(rotated.token, fix(1))).status).toBe(401);
  });

  test("thirty requests at once, then 429 with the time to come back", async () => {
    const { token } = await aPairedDevice(database);
    const answers = await Promise.all(Array.from({ length: 32 }, (_, i) => post(token, fix(100 - i))));
    expect(answers.filter((answer) => answer.status === 429).length).toBeGreaterThan(0);
    expect(answers.find((answer) => answer.status === 429)?.headers["Retry-After"]).toBe("1");
  });

  test("the device shows its first and last use, app and network; two apps at once raise an exception", async () => {
    const { token, device } = await aPairedDevice(database);
    await post(token, fix(5));
    const row = async () => (await database.owner.select().from(devices).where(eq(devices.id, device.id)))[0];
    await vi.waitFor(async () => expect(await row()).toMatchObject({ app: "Runboard", network: "203.0.113.0/24" }));
    expect((await row())?.firstSeenAt).toEqual((await row())?.lastSeenAt);
    expect(await row()).toMatchObject({ version: device.version });
    await gps.send({
      url: `/api/v1/ingest/osmand?id=${token}&lat=39.3&lon=-76.6`,
      headers: { "user-agent": "OsmAnd/4" },
    });
    await gps.pipeline().uses.flush();
    const raised = await database.owner.select().from(exceptions).where(eq(exceptions.subjectId, device.id));
    expect(raised).toMatchObject([{ kind: "token_shared", subjectType: "device", closedAt: null }]);
  });
});

describe("each client", () => {
  const cases: [string, (token: string) => Parameters<typeof gps.send>[0], number, unknown][] = [
    ["OsmAnd", (token) => ({ url: `/api/v1/ingest/osmand?id=${token}&lat=39.3&lon=-76.6&speed=10` }), 200, counts(1)],
    [
      "a form",
      (token) => ({ url: "/api/v1/ingest/osmand/", headers: {}, body: `deviceid=${token}&location=39.3,-76.6` }),
      200,
      counts(1),
    ],
    [
      "Traccar Client",
      (token) => ({
        url: "/api/v1/ingest/osmand",
        body: { location: { coords: { latitude: 39.3, longitude: -76.6 } }, device_id: token },
      }),
      200,
      counts(1),
    ],
    [
      "OwnTracks",
      (token) => ({
        url: "/api/v1/ingest/owntracks",
        headers: { authorization: `Basic ${btoa(`jane:${token}`)}` },
        body: { _type: "location", lat: 39.3, lon: -76.6, tst: Math.floor(Date.now() / 1000) },
      }),
      200,
      [],
    ],
    [
      "Overland",
      (token) => ({
        url: "/api/v1/ingest/overland",
        headers: bearer(token),
        body: {
          locations: [{ type: "Feature", geometry: { type: "Point", coordinates: [-76.6, 39.3] }, properties: {} }],
        },
      }),
      200,
      { result: "ok" },
    ],
    [
      "GPSLogger by PUT",
      (token) => ({ method: "PUT", url: `/api/v1/ingest/gpslogger/${token}?lat=39.3&lon=-76.6&s=3&desc=` }),
      200,
      counts(1),
    ],
    [
      "a Traccar server",
      (token) => ({
        url: `/api/v1/ingest/traccar?token=${token}`,
        body: { position: { latitude: 39.3, longitude: -76.6 }, device: { uniqueId: "x" } },
      }),
      200,
      counts(1),
    ],
  ];
  test.each(cases)("%s is stored and hears what it needs", async (_name, request, status, body) => {
    const { token, vehicleId } = await aPairedDevice(database);
    const answer = await gps.send(request(token));
    expect([answer.status, answer.json]).toEqual([status, body]);
    expect((await storedOf(database, vehicleId)).live?.location).toEqual({ lng: -76.6, lat: 39.3 });
  });

  test("another OwnTracks message is answered and not stored", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    const answer = await gps.send({ url: `/api/v1/ingest/owntracks/${token}`, body: { _type: "lwt", tst: 1 } });
    expect([answer.status, answer.json]).toEqual([200, []]);
    expect((await storedOf(database, vehicleId)).history).toEqual([]);
  });
});

describe("envelopes", () => {
  test("malformed, unreadable, mislabelled, unknown, too long and too big", async () => {
    const { token } = await aPairedDevice(database);
    const many = { fixes: Array.from({ length: 2001 }, () => fix(1)) };
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const zipped = { ...bearer(token), "content-encoding": "gzip" };
    const refused: [Parameters<typeof gps.send>[0], number, string][] = [
      [{ headers: bearer(token), body: '{"lat": NaN}' }, 400, "invalid"],
      [{ headers: bearer(token), body: "[]" }, 400, "invalid"],
      [{ headers: { ...bearer(token), "content-type": "text/xml" }, body: "<x/>" }, 415, "unsupported_media_type"],
      [{ headers: { ...zipped, "content-encoding": "br" }, body: "x" }, 415, "unsupported_media_type"],
      [{ headers: zipped, body: "not gzip" }, 400, "invalid"],
      [{ headers: zipped, body: bomb }, 413, "too_large"],
      [{ headers: bearer(token), body: many }, 413, "too_large"],
      [{ headers: bearer(token), body: Buffer.alloc(1_100_000, "x") }, 413, "too_large"],
      [{ url: "/api/v1/ingest/nmea", body: "x" }, 404, "not_found"],
      [{ url: "/api/v1/positions", method: "PUT", headers: bearer(token), body: fix(1) }, 405, "method_not_allowed"],
    ];
    for (const [request, status, code] of refused) {
      const answer = await gps.send(request);
      expect([answer.status, answer.json]).toMatchObject([status, { error: { code, reasons: expect.any(Array) } }]);
    }
    const packed = await gps.send({ headers: zipped, body: gzipSync(JSON.stringify(fix(1))) });
    expect(packed.status).toBe(202);
  });

  test("2,000 fixes in one request are stored and add up", async () => {
    const { token, vehicleId } = await aPairedDevice(database);
    const fixes = Array.from({ length: 2000 }, (_, i) => fix(4000 - i * 2, { lat: 39.3 + i * 1e-5 }));
    expect((await post(token, { fixes })).json).toEqual(counts(2000));
    const { history, live } = await storedOf(database, vehicleId);
    expect(history).toHaveLength(2000);
    expect(live?.location.lat).toBeCloseTo(39.31999, 5);
  });
});

test("another agency's vehicles are untouched by a token", async () => {
  const { token, vehicleId } = await aPairedDevice(database);
  const stranger = await aVehicle(database.owner, (await aPairedDevice(database)).agencyId);
  await post(token, { ...fix(1), vehicleId: stranger.id, agencyId: stranger.agencyId });
  expect((await storedOf(database, stranger.id)).history).toEqual([]);
  expect((await storedOf(database, vehicleId)).history).toHaveLength(1);
});
