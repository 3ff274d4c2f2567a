import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { devices, oneTimeLinks, outbox, shiftCrew, shifts } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aVehicle, testCtx } from "@/db/testing/factories";
import { aPerson, auditedActions } from "@/db/testing/people";
import { hashToken } from "@/server/security/tokens";
import { importDevices } from "@/server/services/devices/import-devices";
import { acceptLink } from "@/server/services/people/accept-link";
import { importPeople } from "@/server/services/people/import-people";
import { listUsers } from "@/server/services/people/list-users";
import { createShift } from "@/server/services/shifts/create-shift";
import { importShifts } from "@/server/services/shifts/import-shifts";

const database = useTestDatabase();

/** An agency on Chicago's clock with a truck 104 and two of a crew. */
async function anOffice() {
  const admin = await aPerson(database.owner, { roles: ["admin"] });
  const { agencyId } = admin;
  const vehicle = await aVehicle(database.owner, agencyId, { vehicleNo: "104", callSign: "Medic 12" });
  const ann = await aPerson(database.owner, { agencyId, roles: ["crew"] });
  const bob = await aPerson(database.owner, { agencyId, roles: ["crew"] });
  return { agencyId, admin, vehicle, ann, bob, ctx: testCtx(database.db, admin) };
}
const csv = (...lines: string[]) => `${lines.join("\r\n")}\r\n`;
const HEADER = "vehicle,call sign,crew,day,from,to";
const shiftsOf = (agencyId: string) =>
  database.owner.select().from(shifts).where(eq(shifts.agencyId, agencyId)).orderBy(shifts.startsAt);
const brief = (reasons: { row: number; column?: string; code: string }[]) =>
  reasons.map(({ row, column, code }) => [row, column, code]);

test("shifts come in with their crews in the agency's time, audited and announced; the preview changes nothing", async () => {
  const { agencyId, vehicle, ann, bob, ctx } = await anOffice();
  const file = csv(
    HEADER,
    `104,,${ann.email} ${bob.email},2027-03-14,01:00,05:00`,
    `104,Medic 99,"${bob.email}",2027-11-07,0000,0300`,
  );
  expect(await importShifts(ctx, { csv: file, dryRun: true })).toMatchObject({ rows: 2, imported: 0, reasons: [] });
  expect(await shiftsOf(agencyId)).toEqual([]);
  expect(await importShifts(ctx, { csv: file, dryRun: false })).toMatchObject({ imported: 2, reasons: [] });
  const [spring, autumn] = await shiftsOf(agencyId);
  expect(spring).toMatchObject({ vehicleId: vehicle.id, callSign: "Medic 12", baseId: vehicle.baseId });
  expect(spring?.startsAt.toISOString()).toBe("2027-03-14T07:00:00.000Z");
  expect(spring?.endsAt.toISOString()).toBe("2027-03-14T10:00:00.000Z");
  expect(autumn?.callSign).toBe("Medic 99");
  expect(+(autumn?.endsAt ?? 0) - +(autumn?.startsAt ?? 0)).toBe(4 * 3_600_000);
  const crew = await database.owner.select().from(shiftCrew).where(eq(shiftCrew.agencyId, agencyId));
  expect(crew.map(({ shiftId, userId }) => [shiftId, userId])).toEqual([
    [spring?.id, ann.id],
    [spring?.id, bob.id],
    [autumn?.id, bob.id],
  ]);
  expect(await auditedActions(database.owner, agencyId)).toEqual(["shift.create", "shift.create"]);
  const events = await database.owner.select().from(outbox).where(eq(outbox.agencyId, agencyId));
  expect(events.map(({ name }) => name)).toEqual(["unit.changed"]);
});

test("breaks come in with their shifts, over midnight too, at the base or anywhere, each planned and not taken", async () => {
  const { agencyId, ctx } = await anOffice();
  const file = csv(
    `${HEADER},breaks`,
    "104,,,2027-03-03,07:00,19:00,11:00-14:00/30; 16:00-17:30/15 base",
    "104,,,2027-03-03,20:00,04:00,23:30-01:00/20",
    "104,,,2027-03-05,07:00,19:00,",
  );
  expect(await importShifts(ctx, { csv: file, dryRun: false })).toMatchObject({ imported: 3, reasons: [] });
  const planned = (await shiftsOf(agencyId)).map(({ breaks }) => breaks);
  const notTaken = { id: expect.any(String), takenAt: null, endedAt: null };
  const chicago = (from: string, to: string) => ({ from: `2027-03-${from}:00.000Z`, to: `2027-03-${to}:00.000Z` });
  expect(planned).toEqual([
    [
      { ...notTaken, ...chicago("03T17:00", "03T20:00"), minutes: 30, at: "anywhere" },
      { ...notTaken, ...chicago("03T22:00", "03T23:30"), minutes: 15, at: "base" },
    ],
    [{ ...notTaken, ...chicago("04T05:30", "04T07:00"), minutes: 20, at: "anywhere" }],
    [],
  ]);
});

test("a break that can't be read, lies outside its shift or is longer than its window is named, and nothing is imported", async () => {
  const { agencyId, ctx } = await anOffice();
  const file = csv(
    `${HEADER},breaks`,
    "104,,,2027-03-03,07:00,19:00,lunch",
    "104,,,2027-03-04,07:00,19:00,11:00-14:00/4",
    "104,,,2027-03-05,07:00,19:00,18:30-19:30/30",
    "104,,,2027-03-06,07:00,19:00,11:00-11:20/30",
  );
  const { reasons } = await importShifts(ctx, { csv: file, dryRun: true });
  expect(reasons.map(({ row, column }) => [row, column])).toEqual([2, 3, 4, 5].map((row) => [row, "breaks"]));
  await expect(importShifts(ctx, { csv: file, dryRun: false })).rejects.toMatchObject({ code: "rule_broken" });
  expect(await shiftsOf(agencyId)).toEqual([]);
});

test("overlaps are named row by row, within the file and with the plan, and nothing is imported", async () => {
  const { agencyId, vehicle, ann, bob, ctx } = await anOffice();
  await aVehicle(database.owner, agencyId, { vehicleNo: "105" });
  await aVehicle(database.owner, agencyId, { vehicleNo: "106" });
  const period = { startsAt: new Date("2027-03-03T13:00:00Z"), endsAt: new Date("2027-03-04T01:00:00Z") };
  await createShift(ctx, { vehicleId: vehicle.id, crew: [ann.id], ...period });
  const file = csv(
    HEADER,
    "104,,,2027-03-03,19:00,23:00",
    "104,,,2027-03-03,18:59,19:00",
    `105,,${ann.email},2027-03-03,12:00,13:00`,
    `105,,${bob.email},2027-03-05,07:00,19:00`,
    `106,,${bob.email},2027-03-05,18:00,20:00`,
    "105,,,2027-03-05,19:00,20:00",
    "105,,,2027-03-05,19:30,20:30",
  );
  const { reasons } = await importShifts(ctx, { csv: file, dryRun: true });
  expect(reasons).toEqual([
    { row: 3, column: "vehicle", code: "overlap", message: "104 is on Medic 12, 2027-03-03 07:00 to 19:00" },
    { row: 4, column: "crew", code: "overlap", message: `${ann.email} is on Medic 12, 2027-03-03 07:00 to 19:00` },
    { row: 6, column: "crew", code: "overlap", message: `${bob.email} is on row 5 in this period` },
    { row: 8, column: "vehicle", code: "overlap", message: "105 is on row 7 in this period" },
  ]);
  const refused = importShifts(ctx, { csv: file, dryRun: false });
  await expect(refused).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [3, 4, 6, 8].map((row) => ({ path: `csv.${row}` })),
  });
  expect(await shiftsOf(agencyId)).toHaveLength(1);
});

test("unknown trucks and people, skipped hours and impossible periods are named; another agency's are unknown", async () => {
  const { ann, ctx } = await anOffice();
  const other = await anOffice();
  const file = csv(
    HEADER,
    "999,,,2027-03-03,07:00,19:00",
    `104,,${other.ann.email} ${ann.email},2027-03-04,07:00,19:00`,
    "104,,,2027-03-14,02:30,08:00",
    "104,,,2027-11-05,07:00,07:00",
    "104,,,2027-11-07,00:30,00:30",
    "104,,no mail,14.3.2027,7am,19:00",
  );
  expect(brief((await importShifts(ctx, { csv: file, dryRun: true })).reasons)).toEqual([
    [2, "vehicle", "unknown"],
    [3, "crew", "unknown"],
    [4, "from", "invalid"],
    [6, "to", "too_long"],
    [7, "crew", "invalid"],
    [7, "day", "invalid"],
    [7, "from", "invalid"],
  ]);
});

test("people come in without a password: each gets a link that works once and is not kept", async () => {
  const { agencyId, ctx } = await anOffice();
  const file = csv("E-mail,Name,Roles", `NEW-${agencyId}@agency.test,Nora New,"crew, Dispatcher"`);
  const preview = await importPeople(ctx, { csv: file, dryRun: true });
  expect(preview).toMatchObject({ rows: 1, imported: 0, reasons: [], invited: [] });
  const { invited, imported } = await importPeople(ctx, { csv: file, dryRun: false });
  expect(imported).toBe(1);
  const email = `new-${agencyId}@agency.test`;
  expect(invited).toMatchObject([{ name: "Nora New", email }]);
  const token = new URL(invited[0]?.url ?? "").hash.slice(1);
  const stored = await database.owner.select().from(oneTimeLinks).where(eq(oneTimeLinks.agencyId, agencyId));
  expect(JSON.stringify(stored)).not.toContain(token);
  await acceptLink({ db: database.db, now: ctx.now, requestId: "r" }, { token, password: "four plain short words" });
  const nora = (await listUsers(ctx, { limit: 50 })).items.find((user) => user.email === email);
  expect(nora?.roles).toEqual(["dispatcher", "crew"]);
  expect(await auditedActions(database.owner, agencyId)).toContain("user.invite");
});

test("people who are there, twice in the file, or without a known role keep the whole file out", async () => {
  const { ann, admin, ctx } = await anOffice();
  const elsewhere = await aPerson(database.owner);
  const file = csv(
    "email,roles",
    `${ann.email.toUpperCase()},crew`,
    "a@b.test,crew",
    "A@b.test,pilot",
    "a@B.test,crew",
    ",crew",
    `${elsewhere.email},crew`,
  );
  expect(brief((await importPeople(ctx, { csv: file, dryRun: true })).reasons)).toEqual([
    [2, "email", "taken"],
    [4, "roles", "invalid"],
    [5, "email", "twice"],
    [6, "email", "required"],
  ]);
  await expect(importPeople(ctx, { csv: file, dryRun: false })).rejects.toMatchObject({ code: "rule_broken" });
  expect((await listUsers(testCtx(database.db, admin), { limit: 50 })).items).toHaveLength(3);
});

test("devices come in with tokens that are shown once and stored as hashes only", async () => {
  const { agencyId, vehicle, ann, ctx } = await anOffice();
  const file = csv(
    "label,vehicle,email,interval s,speed unit",
    "M12 tablet,104,,10,kmh",
    `Ann's phone,,${ann.email},,`,
  );
  const before = await importDevices(ctx, { csv: file, dryRun: true });
  expect(before).toMatchObject({ rows: 2, imported: 0, paired: [] });
  const { paired } = await importDevices(ctx, { csv: file, dryRun: false });
  expect(paired.map(({ label, belongsTo }) => [label, belongsTo])).toEqual([
    ["M12 tablet", "104"],
    ["Ann's phone", ann.email],
  ]);
  const stored = await database.owner.select().from(devices).where(eq(devices.agencyId, agencyId)).orderBy(devices.id);
  expect(stored).toMatchObject([
    { vehicleId: vehicle.id, userId: null, speedUnit: "kmh", settings: { intervalS: 10 } },
    { vehicleId: null, userId: ann.id, speedUnit: "auto", settings: {} },
  ]);
  expect(stored.map(({ tokenHash }) => tokenHash)).toEqual(paired.map(({ token }) => hashToken(token)));
  expect(paired[0]?.osmandUrl).toContain(paired[0]?.token);
  expect(await auditedActions(database.owner, agencyId)).toEqual(["device.create", "device.create"]);
});

test("devices of unknown or foreign owners, and labels in use, keep the whole file out", async () => {
  const { agencyId, ctx } = await anOffice();
  const other = await anOffice();
  await importDevices(ctx, { csv: csv("label,vehicle", "M12 tablet,104"), dryRun: false });
  const file = csv(
    "label,vehicle,email,intervalS",
    "M12 tablet,104,,",
    "a,999,,",
    `b,,${other.ann.email},`,
    "c,104,,0",
    "d,,,5",
    "e,104,,",
    "E,104,,",
  );
  expect(brief((await importDevices(ctx, { csv: file, dryRun: true })).reasons)).toEqual([
    [2, "label", "taken"],
    [3, "vehicle", "unknown"],
    [4, "email", "unknown"],
    [5, "intervalS", "invalid"],
    [6, "vehicle", "invalid"],
    [8, "label", "twice"],
  ]);
  await expect(importDevices(ctx, { csv: file, dryRun: false })).rejects.toMatchObject({ code: "rule_broken" });
  expect(await database.owner.select().from(devices).where(eq(devices.agencyId, agencyId))).toHaveLength(1);
});
