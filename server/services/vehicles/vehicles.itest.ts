import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import {
  aBase,
  aFacility,
  anAgency,
  aPosition,
  aShift,
  aTrip,
  aUser,
  aVehicle,
  keyCtx,
  minutesAfter,
  NOW,
  testCtx,
} from "@/db/testing/factories";
import type { Places } from "@/server/domain/fleet/vocabulary";
import { newId } from "@/server/ids";
import { createBase } from "@/server/services/bases/create-base";
import { deactivateBase } from "@/server/services/bases/deactivate-base";
import { editBase } from "@/server/services/bases/edit-base";
import { getBase } from "@/server/services/bases/get-base";
import { importBases } from "@/server/services/bases/import-bases";
import { listBases } from "@/server/services/bases/list-bases";
import { createFacility } from "@/server/services/facilities/create-facility";
import { deactivateFacility } from "@/server/services/facilities/deactivate-facility";
import { editFacility } from "@/server/services/facilities/edit-facility";
import { getFacility } from "@/server/services/facilities/get-facility";
import { importFacilities } from "@/server/services/facilities/import-facilities";
import { listFacilities } from "@/server/services/facilities/list-facilities";
import { setFacilityStatus } from "@/server/services/facilities/set-facility-status";
import { createVehicle } from "./create-vehicle";
import { deactivateVehicle } from "./deactivate-vehicle";
import { editVehicle } from "./edit-vehicle";
import { getVehicle } from "./get-vehicle";
import { importVehicles } from "./import-vehicles";
import { listVehicles } from "./list-vehicles";

const database = useTestDatabase();

async function anOffice() {
  const agency = await anAgency(database.owner);
  const admin = await aUser(database.owner, agency.id, ["admin"]);
  return { agency, ctx: testCtx(database.db, admin) };
}
const stranger = async () => (await anOffice()).ctx;

/** Actions in the audit log of an agency about one row, oldest first. */
const audited = async (agencyId: string, entityId: string) =>
  (
    await database.sql<{ action: string }[]>`
    select action from audit_log where agency_id = ${agencyId} and entity_id = ${entityId} order by id`
  ).map(({ action }) => action);
const emitted = (agencyId: string) =>
  database.sql<{ channel: string; name: string; payload: Record<string, unknown> }[]>`
    select channel, name, payload from outbox where agency_id = ${agencyId} order by id`;
const codes = (error: unknown) =>
  error instanceof Error && "reasons" in error ? (error.reasons as { path: string; code: string }[]) : [];

test("a vehicle gets what is usual for its type, an audit row and an event", async () => {
  const { agency, ctx } = await anOffice();
  const made = await createVehicle(ctx, { vehicleNo: "W23", type: "wheelchair_van" });
  expect(made).toMatchObject({
    vehicleNo: "W23",
    callSign: "W23",
    levels: ["ambulatory", "wheelchair"],
    places: { ambulatory: 3, wheelchair: 2, stretcher: 0 } satisfies Places,
    inService: true,
    availability: "OFFLINE",
    shift: null,
    position: null,
    version: 1,
  });
  expect(await audited(agency.id, made.id)).toEqual(["vehicle.create"]);
  const [event] = await emitted(agency.id);
  expect(event).toMatchObject({
    channel: `private-agency.${agency.id}`,
    name: "unit.changed",
    payload: { vehicleId: made.id, version: 1 },
  });
});

test("a number that another vehicle has is a conflict naming the field; a number that is free again is not", async () => {
  const { agency, ctx } = await anOffice();
  const old = await aVehicle(database.owner, agency.id, { vehicleNo: "7" });
  const twice = createVehicle(ctx, { vehicleNo: "7", type: "car" });
  await expect(twice).rejects.toMatchObject({ code: "conflict", reasons: [{ path: "vehicleNo", code: "taken" }] });
  await deactivateVehicle(ctx, old.id);
  await expect(createVehicle(ctx, { vehicleNo: "7", type: "car" })).resolves.toMatchObject({ vehicleNo: "7" });
});

test("a base that is not there is 422, a foreign one too", async () => {
  const { ctx } = await anOffice();
  const foreign = await aBase(database.owner, (await anAgency(database.owner)).id);
  for (const baseId of [newId(), foreign.id]) {
    const refused = createVehicle(ctx, { vehicleNo: "8", type: "car", baseId });
    await expect(refused).rejects.toMatchObject({ code: "rule_broken", reasons: [{ path: "baseId" }] });
  }
});

test("the second of two edits of one version is told what the row is now", async () => {
  const { agency, ctx } = await anOffice();
  const { id } = await aVehicle(database.owner, agency.id);
  const edited = await editVehicle(ctx, id, { version: 1, inService: false, outOfServiceReason: "brakes" });
  expect(edited).toMatchObject({ inService: false, outOfServiceReason: "brakes", version: 2 });
  const late = editVehicle(ctx, id, { version: 1, callSign: "X" });
  const current = { id, inService: false, version: 2 };
  await expect(late).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ path: "version", code: "stale", current }],
  });
  expect(await audited(agency.id, id)).toEqual(["vehicle.edit"]);
  const back = await editVehicle(ctx, id, { version: 2, inService: true });
  expect(back).toMatchObject({ inService: true, outOfServiceReason: null });
});

test("two edits at once: one wins, one is told, nothing is lost", async () => {
  const { agency, ctx } = await anOffice();
  const { id } = await aVehicle(database.owner, agency.id);
  const results = await Promise.allSettled([
    editVehicle(ctx, id, { version: 1, callSign: "A" }),
    editVehicle(ctx, id, { version: 1, callSign: "B" }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect((await getVehicle(ctx, id)).version).toBe(2);
});

test("taking a vehicle out of the fleet twice is as good as once; not while a unit runs on it", async () => {
  const { agency, ctx } = await anOffice();
  const { id } = await aVehicle(database.owner, agency.id);
  await deactivateVehicle(ctx, id);
  await deactivateVehicle(ctx, id);
  expect(await audited(agency.id, id)).toEqual(["vehicle.deactivate"]);
  await expect(getVehicle(ctx, id)).rejects.toMatchObject({ code: "not_found" });
  const { vehicleId } = await aShift(database.owner, agency.id);
  await expect(deactivateVehicle(ctx, vehicleId)).rejects.toMatchObject({ code: "rule_broken" });
  await expect(getVehicle(ctx, vehicleId)).resolves.toMatchObject({ id: vehicleId });
});

test("a vehicle shows its current shift, availability and newest position", async () => {
  const { agency, ctx } = await anOffice();
  const crew = await aUser(database.owner, agency.id, ["crew"]);
  const shift = await aShift(database.owner, agency.id, {}, [crew.id]);
  const at = minutesAfter(NOW, -1);
  await aPosition(database.owner, agency.id, shift.vehicleId, { takenAt: at, receivedAt: NOW, batteryPct: 81 });
  const vehicle = await getVehicle(ctx, shift.vehicleId);
  expect(vehicle).toMatchObject({
    availability: "ONLINE",
    shift: { id: shift.id, callSign: shift.callSign, crew: [crew.id], signedOffAt: null },
    position: { lat: 40.62, lon: -89.38, ageS: 60, batteryPct: 81, source: "device", speedMps: null },
  });
});

test("availability: break is BUSY, a told trip is ON_TRIP, a truck out of service is not free, a planned shift is OFFLINE", async () => {
  const { agency, ctx } = await anOffice();
  const [free, paused, planned, sent] = await Promise.all([
    aShift(database.owner, agency.id),
    aShift(database.owner, agency.id, { state: "break" }),
    aShift(database.owner, agency.id, { signedOnAt: null }),
    aShift(database.owner, agency.id),
  ]);
  const trip = await aTrip(database.owner, agency.id, { status: "dispatched" });
  await database.owner.insert(schema.assignments).values({
    agencyId: agency.id,
    id: newId(),
    tripId: trip.id,
    shiftId: sent.id,
    vehicleId: sent.vehicleId,
    mode: "dispatch",
    status: "dispatched",
    assignedAt: NOW,
  });
  const { items } = await listVehicles(ctx, { limit: 50 });
  const of = (vehicleId: string) => items.find(({ id }) => id === vehicleId)?.availability;
  expect([free, paused, planned, sent].map(({ vehicleId }) => of(vehicleId))).toEqual([
    "ONLINE",
    "BUSY",
    "OFFLINE",
    "ON_TRIP",
  ]);
  await editVehicle(ctx, free.vehicleId, { version: 1, inService: false });
  expect((await getVehicle(ctx, free.vehicleId)).availability).toBe("BUSY");
});

test("billing sees the fleet without where it is; a key that may read the fleet sees both", async () => {
  const { agency } = await anOffice();
  const { id } = await aVehicle(database.owner, agency.id);
  await aPosition(database.owner, agency.id, id);
  const billing = testCtx(database.db, await aUser(database.owner, agency.id, ["billing"]));
  expect((await getVehicle(billing, id)).position).toBeNull();
  expect((await getVehicle(keyCtx(database.db, agency.id, ["fleet:read"]), id)).position).not.toBeNull();
});

test("a list goes on where its cursor says, each row once; a cursor from elsewhere is invalid", async () => {
  const { agency, ctx } = await anOffice();
  const ids = [];
  for (let i = 0; i < 5; i++) ids.push((await aVehicle(database.owner, agency.id)).id);
  const first = await listVehicles(ctx, { limit: 2 });
  const second = await listVehicles(ctx, { limit: 2, cursor: first.nextCursor ?? "" });
  const third = await listVehicles(ctx, { limit: 2, cursor: second.nextCursor ?? "" });
  expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids);
  expect(third.nextCursor).toBeNull();
  for (const cursor of ["x", "WzFd"]) {
    await expect(listVehicles(ctx, { limit: 2, cursor })).rejects.toMatchObject({ code: "invalid" });
  }
});

test("another agency finds nothing of ours and changes nothing", async () => {
  const { agency } = await anOffice();
  const ctx = await stranger();
  const vehicle = await aVehicle(database.owner, agency.id);
  const base = await aBase(database.owner, agency.id);
  const facility = await aFacility(database.owner, agency.id);
  const tries = [
    getVehicle(ctx, vehicle.id),
    editVehicle(ctx, vehicle.id, { version: 1, callSign: "X" }),
    deactivateVehicle(ctx, vehicle.id),
    getBase(ctx, base.id),
    editBase(ctx, base.id, { version: 1, name: "X" }),
    deactivateBase(ctx, base.id),
    getFacility(ctx, facility.id),
    editFacility(ctx, facility.id, { version: 1, name: "X" }),
    setFacilityStatus(ctx, facility.id, { status: "closed" }),
    deactivateFacility(ctx, facility.id),
  ];
  for (const result of await Promise.allSettled(tries)) {
    expect(result).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  }
  expect((await listVehicles(ctx, { limit: 50 })).items).toEqual([]);
  expect(await emitted(ctx.actor.agencyId)).toHaveLength(0);
});

test("a base is added, edited, listed and taken out of use, each with its audit row", async () => {
  const { agency, ctx } = await anOffice();
  const made = await createBase(ctx, { name: "North", lat: 40.5, lon: -89.4 });
  expect(made).toEqual({ id: made.id, name: "North", address: null, lat: 40.5, lon: -89.4, version: 1 });
  const moved = await editBase(ctx, made.id, { version: 1, lat: 40.6 });
  expect(moved).toMatchObject({ lat: 40.6, lon: -89.4, version: 2 });
  const clash = createBase(ctx, { name: "North", lat: 1, lon: 1 });
  await expect(clash).rejects.toMatchObject({ code: "conflict", reasons: [{ path: "name" }] });
  const stale = editBase(ctx, made.id, { version: 1, name: "N" });
  await expect(stale).rejects.toMatchObject({ code: "conflict", reasons: [{ code: "stale", current: moved }] });
  await deactivateBase(ctx, made.id);
  await deactivateBase(ctx, made.id);
  expect((await listBases(ctx, { limit: 50 })).items).toEqual([]);
  expect(await audited(agency.id, made.id)).toEqual(["base.create", "base.edit", "base.deactivate"]);
});

test("a facility gets the claim letter of its kind, and can be diverted and opened again", async () => {
  const { agency, ctx } = await anOffice();
  const dialysis = { name: "Kidney Care", kind: "dialysis" as const, address: "2 Elm", lat: 40.6, lon: -89.3 };
  const made = await createFacility(ctx, dialysis);
  expect(made).toMatchObject({ modifier: "J", status: "open", geofenceM: 150, version: 1 });
  const diverted = await setFacilityStatus(ctx, made.id, { status: "divert", reason: "no water", version: 1 });
  expect(diverted).toMatchObject({ status: "divert", statusReason: "no water", version: 2 });
  const open = await setFacilityStatus(ctx, made.id, { status: "open", reason: "ignored" });
  expect(open).toMatchObject({ status: "open", statusReason: null });
  const edited = await editFacility(ctx, made.id, { version: 3, name: "Kidney Care North", modifier: null });
  expect(edited).toMatchObject({ name: "Kidney Care North", modifier: null, version: 4 });
  const stale = setFacilityStatus(ctx, made.id, { status: "closed", version: 3 });
  await expect(stale).rejects.toMatchObject({ code: "conflict", reasons: [{ code: "stale" }] });
  await deactivateFacility(ctx, made.id);
  await deactivateFacility(ctx, made.id);
  const actions = ["facility.create", "facility.status", "facility.status", "facility.edit", "facility.deactivate"];
  expect(await audited(agency.id, made.id)).toEqual(actions);
  expect((await listFacilities(ctx, { limit: 50 })).items).toEqual([]);
});

const CSV = "vehicleNo,type,base,levels\r\n1,ambulance,North,bls als\r\n2,Wheelchair van,,\r\n";

test("a preview of a file changes nothing; the import takes all rows", async () => {
  const { agency, ctx } = await anOffice();
  await aBase(database.owner, agency.id, { name: "North" });
  const preview = await importVehicles(ctx, { csv: CSV, dryRun: true });
  expect(preview).toMatchObject({ rows: 2, imported: 0, reasons: [] });
  expect(preview.preview[0]).toEqual({
    row: 2,
    cells: { vehicleNo: "1", type: "ambulance", base: "North", levels: "bls als" },
  });
  expect((await listVehicles(ctx, { limit: 50 })).items).toEqual([]);
  expect(await importVehicles(ctx, { csv: CSV, dryRun: false })).toMatchObject({ imported: 2, reasons: [] });
  const { items } = await listVehicles(ctx, { limit: 50 });
  expect(items.map(({ vehicleNo, type }) => [vehicleNo, type])).toEqual([
    ["1", "ambulance"],
    ["2", "wheelchair_van"],
  ]);
  expect(await audited(agency.id, items[0]!.id)).toEqual(["vehicle.create"]);
});

test("one bad row keeps the whole file out, and every reason has its row number", async () => {
  const { agency, ctx } = await anOffice();
  await aVehicle(database.owner, agency.id, { vehicleNo: "2" });
  const csv = `${CSV}3,rocket,,\r\n1,car,,\r\n`;
  const { reasons } = await importVehicles(ctx, { csv, dryRun: true });
  expect(reasons.map(({ row, column, code }) => [row, column, code])).toEqual([
    [2, "base", "unknown"],
    [3, "vehicleNo", "taken"],
    [4, "type", "invalid"],
    [5, "vehicleNo", "twice"],
  ]);
  const refused = await importVehicles(ctx, { csv, dryRun: false }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "rule_broken" });
  expect(codes(refused).map(({ path }) => path)).toEqual(["csv.2", "csv.3", "csv.4", "csv.5"]);
  expect((await listVehicles(ctx, { limit: 50 })).items).toHaveLength(1);
});

test("facilities and bases are imported from spreadsheets of any locale", async () => {
  const { ctx } = await anOffice();
  const facilities = '\uFEFFname;kind;lat;lon;address\n"St. Vera; Main";hospital;40.6;-89.4;\'-5 Elm St\n';
  expect(await importFacilities(ctx, { csv: facilities, dryRun: false })).toMatchObject({ imported: 1 });
  const [made] = (await listFacilities(ctx, { limit: 50 })).items;
  expect(made).toMatchObject({ name: "St. Vera; Main", address: "-5 Elm St", modifier: "H" });
  expect(await importBases(ctx, { csv: "name,lat,lon\nNorth,40,-89\n", dryRun: false })).toMatchObject({ imported: 1 });
  const broken = importBases(ctx, { csv: 'name,lat,lon\n"North,40,-89\n', dryRun: true });
  await expect(broken).rejects.toMatchObject({ code: "invalid", reasons: [{ code: "quote_open" }] });
});

test("markup and SQL are text like any other", async () => {
  const { ctx } = await anOffice();
  const name = "<script>alert(1)</script>'; drop table vehicles; --";
  const made = await createBase(ctx, { name, lat: 40, lon: -89 });
  expect((await getBase(ctx, made.id)).name).toBe(name);
});
