import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, later, NOW } from "@/db/testing/dispatch";
import { systemCtx } from "@/db/testing/factories";
import { openRunSheets } from "@/scripts/lib/run-sheets.mjs";
import { RUN_SHEETS_KEPT } from "@/server/domain/runsheets/run-sheet";
import { AssignTripInput } from "@/server/domain/trips/inputs";
import { assignTrip } from "@/server/services/trips/assign-trip";

const database = useTestDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), "runsheets-"));
const dir = path.join(dataDir, "runsheets");
const KEYS = process.env.PHI_KEYS ?? "";

// The environment is read once per process: set before the service is loaded.
vi.stubEnv("RUNBOARD_DATA", dataDir);
let service: typeof import("./write-run-sheets");
beforeAll(async () => {
  service = await import("./write-run-sheets");
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const openAll = (agency: string) => {
  const out = mkdtempSync(path.join(dataDir, "out-"));
  return openRunSheets({ dir, out, keys: KEYS, agency }).map(({ file, title }) => ({
    title,
    html: readFileSync(file, "utf8"),
    mode: statSync(file).mode & 0o777,
  }));
};

test("each unit has a sheet with its riders' phones and addresses, and so have trips without a unit", async () => {
  const { agencyId, dispatcher, shift } = await aDispatch(database);
  const mine = await aCall(dispatcher, { riderName: "Ada Lovelace", riderPhone: "(309) 555-0142" });
  await assignTrip(dispatcher, AssignTripInput.parse({ tripId: mine.id, shiftId: shift.id, mode: "dispatch" }));
  await aCall(dispatcher, { riderName: "Grace Hopper", pickup: { address: "7 Compiler Ct", lat: 40.62, lon: -89.38 } });
  await service.writeRunSheets(systemCtx(database.db, agencyId, later(dispatcher, 5).now));
  const sheets = openAll(agencyId);
  const unit = sheets.find(({ title }) => title.startsWith(shift.callSign));
  expect(unit?.html).toContain("Ada Lovelace");
  expect(unit?.html).toContain("555-0142");
  expect(unit?.html).toContain("12 Hidden Lane");
  expect(unit?.html).not.toContain("Grace Hopper");
  expect(unit?.mode).toBe(0o600);
  const rest = sheets.find(({ title }) => title === "Trips without a unit");
  expect(rest?.html).toContain("7 Compiler Ct");
});

test("on the disk nothing can be read, and a sheet put in another's place does not open", async () => {
  const { agencyId, dispatcher } = await aDispatch(database);
  await aCall(dispatcher);
  await service.writeRunSheets(systemCtx(database.db, agencyId));
  const [set = ""] = readdirSync(path.join(dir, agencyId));
  const names = readdirSync(path.join(dir, agencyId, set));
  const text = names.map((name) => readFileSync(path.join(dir, agencyId, set, name), "utf8")).join("");
  expect(text).not.toMatch(/Lovelace|Hidden|<html/);
  const { cpSync } = await import("node:fs");
  cpSync(path.join(dir, agencyId), path.join(dir, "another"), { recursive: true });
  expect(() => openAll("another")).toThrow(/changed or moved/);
  rmSync(path.join(dir, "another"), { recursive: true });
  expect(() => openRunSheets({ dir, out: dataDir, keys: `k9:${Buffer.alloc(32).toString("base64")}` })).toThrow(
    /no key/,
  );
});

test("a bounded number of sets is kept, and none for longer than a day", async () => {
  const { agencyId } = await aDispatch(database);
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
  for (let n = 0; n < RUN_SHEETS_KEPT + 3; n++)
    await service.writeRunSheets(systemCtx(database.db, agencyId, at(n * 5)));
  await service.pruneRunSheets(at(75));
  expect(readdirSync(path.join(dir, agencyId))).toHaveLength(RUN_SHEETS_KEPT);
  await service.pruneRunSheets(at(48 * 60));
  expect(readdirSync(path.join(dir, agencyId))).toEqual([]);
});
