import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { auditLog, devices } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aShift, aUser, aVehicle, testCtx } from "@/db/testing/factories";
import { useIngest } from "@/db/testing/ingest-harness";
import { hashToken } from "@/server/security/tokens";
import { createDevice } from "./create-device";
import { editDevice } from "./edit-device";
import { getDevice, listDevices } from "./list-devices";
import { pairOwnPhone } from "./pair-own-phone";
import { revokeDevice } from "./revoke-device";
import { rotateDevice } from "./rotate-device";
import { watchPairing } from "./watch-pairing";

const database = useTestDatabase();
const gps = useIngest(database);

async function anAdmin() {
  const agency = await anAgency(database.owner);
  const ctx = testCtx(database.db, await aUser(database.owner, agency.id, ["admin"]), gps.now());
  return { ctx, agencyId: agency.id, vehicle: await aVehicle(database.owner, agency.id) };
}
const send = async (token: string) =>
  (await gps.send({ url: `/api/v1/ingest/osmand?id=${token}&lat=39.3&lon=-76.6&accuracy=8&batt=81` })).status;

test("a paired phone is shown with its codes once, waits for its first fix, and shows it", async () => {
  const { ctx, vehicle } = await anAdmin();
  const made = await createDevice(ctx, { label: "Van 7 phone", vehicleId: vehicle.id, intervalS: 10 });
  expect(made.token).toMatch(/^rbd_[\w-]{43}$/);
  expect(made.osmandUrl).toBe(`http://127.0.0.1:3000/api/v1/ingest/osmand?id=${made.token}`);
  expect(made.owntracksUrl).toContain(made.token);
  expect(made.apps.map(({ app }) => app)).toEqual(["traccar_client", "owntracks", "overland", "gpslogger", "osmand"]);
  for (const app of made.apps) {
    expect(app.qr).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(app.settings.some(({ value }) => value === "10 s")).toBe(true);
    expect(app.permissions.length).toBeGreaterThan(0);
  }
  const [stored] = await database.owner.select().from(devices).where(eq(devices.id, made.id));
  expect(JSON.stringify(stored)).not.toContain(made.token);
  expect(stored?.tokenHash).toBe(hashToken(made.token));
  expect(await watchPairing(ctx, made.id)).toMatchObject({
    device: { darkReason: "never_used", app: null },
    fix: null,
  });

  const { pathname, search } = new URL(made.osmandUrl);
  expect((await gps.send({ url: `${pathname}${search}?lat=39.3&lon=-76.6&accuracy=8&batt=81` })).status).toBe(200);
  await vi.waitFor(async () => {
    const later = { ...ctx, now: gps.now() };
    expect(await watchPairing(later, made.id)).toMatchObject({
      device: { darkReason: null, app: "OsmAnd protocol" },
      fix: { accuracyM: 8, batteryPct: 81, source: "device" },
    });
  });
  const silent = { ...ctx, now: new Date(gps.now().getTime() + 11 * 60_000) };
  expect((await listDevices(silent, { limit: 50 })).items).toMatchObject([{ id: made.id, darkReason: "silent" }]);
});

test("every address a pairing gives out works as it stands", async () => {
  const { ctx, vehicle } = await anAdmin();
  const made = await createDevice(ctx, { label: "Phone", vehicleId: vehicle.id });
  const fill = { "%LAT": "39.3", "%LON": "-76.6", "{0}": "39.3", "{1}": "-76.6", "{5}": "3" };
  const filled = (text: string) =>
    Object.entries(fill)
      .reduce((url, [name, value]) => url.replace(name, value), text)
      .replaceAll(/(%[A-Z]+|\{\d\})/g, "");
  for (const app of made.apps.filter(({ qrText }) => qrText.startsWith("http"))) {
    const { pathname, search } = new URL(filled(app.qrText));
    const answer = await gps.send({
      url: `${pathname}${search}${app.app === "traccar_client" ? "&lat=39.3&lon=-76.6" : ""}`,
    });
    expect([app.app, answer.status, answer.json]).toMatchObject([app.app, 200, { quarantined: [] }]);
  }
  const config = decodeURIComponent(made.apps[1]?.qrText.split("inline=")[1] ?? "");
  const { url, username, password } = JSON.parse(atob(config)) as Record<string, string>;
  const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}` };
  const body = { _type: "location", lat: 39.3, lon: -76.6, tst: Math.floor(gps.now().getTime() / 1000) };
  expect((await gps.send({ url: new URL(url ?? "").pathname, headers, body })).status).toBe(200);
});

test("a rotated token overlaps, a revoked one ends, and each is in the audit log", async () => {
  const { ctx, vehicle, agencyId } = await anAdmin();
  const made = await createDevice(ctx, { label: "Phone", vehicleId: vehicle.id });
  expect(await send(made.token)).toBe(200);
  const rotated = await rotateDevice(ctx, made.id);
  expect(rotated.previousTokenUntil).toBe(new Date(ctx.now.getTime() + 86_400_000).toISOString());
  expect(await send(rotated.token)).toBe(200);
  expect(await send(made.token)).toBe(200);
  await revokeDevice(ctx, made.id);
  await revokeDevice(ctx, made.id);
  await vi.waitFor(async () => {
    expect(await send(rotated.token)).toBe(401);
    expect(await send(made.token)).toBe(401);
  });
  expect(await getDevice(ctx, made.id)).toMatchObject({ active: false });
  expect((await listDevices(ctx, { limit: 50 })).items).toEqual([]);
  const audits = await database.owner.select().from(auditLog).where(eq(auditLog.agencyId, agencyId));
  expect(audits.map((row) => row.action)).toEqual(["device.create", "device.rotate", "device.revoke"]);
});

test("a device has one owner of its own agency, and a stale edit is told what changed", async () => {
  const { ctx, vehicle, agencyId } = await anAdmin();
  const stranger = await anAdmin();
  const crew = await aUser(database.owner, agencyId, ["crew"]);
  const refused = (input: Parameters<typeof createDevice>[1], path: string) =>
    expect(createDevice(ctx, input)).rejects.toMatchObject({ code: "rule_broken", reasons: [{ path }] });
  await refused({ label: "x" }, "vehicleId");
  await refused({ label: "x", vehicleId: vehicle.id, userId: crew.id }, "userId");
  await refused({ label: "x", vehicleId: stranger.vehicle.id }, "vehicleId");
  await refused({ label: "x", userId: stranger.ctx.actor.kind === "user" ? stranger.ctx.actor.userId : "" }, "userId");

  const made = await createDevice(ctx, { label: "Phone", vehicleId: vehicle.id });
  const edited = await editDevice(ctx, made.id, { version: made.version, userId: crew.id, speedUnit: "mps" });
  expect(edited).toMatchObject({ vehicleId: null, userId: crew.id, speedUnit: "mps", version: 2 });
  await expect(editDevice(ctx, made.id, { version: 1, label: "y" })).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "stale", current: { version: 2, userId: crew.id } }],
  });
  for (const call of [
    () => getDevice(stranger.ctx, made.id),
    () => editDevice(stranger.ctx, made.id, { version: 2, label: "mine" }),
    () => rotateDevice(stranger.ctx, made.id),
    () => revokeDevice(stranger.ctx, made.id),
    () => watchPairing(stranger.ctx, made.id),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: "not_found" });
  }
});

test("a driver's browser gets a token of its own; only the newest three stay", async () => {
  const { agencyId } = await anAdmin();
  const crew = await aUser(database.owner, agencyId, ["crew"]);
  const ctx = testCtx(database.db, crew, gps.now());
  const startsAt = new Date(gps.now().getTime() - 3600_000);
  await aShift(
    database.owner,
    agencyId,
    { startsAt, endsAt: new Date(gps.now().getTime() + 3600_000), signedOnAt: startsAt },
    [crew.id],
  );
  const tokens = [];
  for (let i = 0; i < 4; i++) tokens.push((await pairOwnPhone(ctx)).token);
  expect(await Promise.all(tokens.map(send))).toEqual([401, 200, 200, 200]);
});
