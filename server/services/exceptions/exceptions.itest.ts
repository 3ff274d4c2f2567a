import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog, exceptions, outbox, trips } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import {
  anAgency,
  aPosition,
  aShift,
  aTrip,
  aUser,
  minutesAfter,
  NOW,
  systemCtx,
  testCtx,
} from "@/db/testing/factories";
import { getBoard } from "@/server/services/trips/get-board";
import { acknowledgeException, closeException, endSnooze, snoozeException } from "./handle-exception";
import { listExceptions } from "./list-exceptions";
import { watchExceptions } from "./watch-exceptions";

const database = useTestDatabase();

async function aWatchedAgency() {
  const agency = await anAgency(database.owner);
  const dispatcher = await aUser(database.owner, agency.id);
  return {
    agency,
    dispatcher,
    ctx: testCtx(database.db, dispatcher),
    system: (now = NOW) => systemCtx(database.db, agency.id, now),
  };
}
const eventsOf = (agencyId: string) => database.owner.select().from(outbox).where(eq(outbox.agencyId, agencyId));

test("an unassigned trip near its time opens one exception however often the watch runs, and it closes by itself", async () => {
  const { agency, ctx, system } = await aWatchedAgency();
  const trip = await aTrip(database.owner, agency.id, {
    requestedAt: minutesAfter(NOW, 20),
    promisedPickupAt: minutesAfter(NOW, 20),
  });
  await watchExceptions(system());
  await watchExceptions(system());
  expect(await listExceptions(ctx)).toMatchObject([
    { kind: "unassigned_near_time", severity: "warning", tripId: trip.id, status: "open" },
  ]);
  expect(await eventsOf(agency.id)).toMatchObject([{ name: "exception.changed" }]);
  await database.owner
    .update(trips)
    .set({ status: "cancelled", closedAt: NOW, outcome: "cancelled_before_dispatch" })
    .where(eq(trips.agencyId, agency.id));
  await watchExceptions(system());
  expect(await listExceptions(ctx)).toEqual([]);
});

test("a snooze ends when it gets worse, and an acknowledgement counts for what was seen only", async () => {
  const { agency, dispatcher, ctx, system } = await aWatchedAgency();
  const shift = await aShift(database.owner, agency.id);
  await aPosition(database.owner, agency.id, shift.vehicleId, {
    takenAt: minutesAfter(NOW, -11),
    receivedAt: minutesAfter(NOW, -11),
  });
  await watchExceptions(system());
  const [dark] = await listExceptions(ctx);
  expect(dark).toMatchObject({ kind: "unit_dark", severity: "warning" });
  await acknowledgeException(ctx, { id: dark!.id });
  const snoozed = await snoozeException(ctx, {
    id: dark!.id,
    until: minutesAfter(NOW, 60),
    reason: "driver is at lunch",
  });
  expect(snoozed).toMatchObject({
    status: "snoozed",
    acknowledgedBy: dispatcher.id,
    snoozeReason: "driver is at lunch",
  });
  const later = minutesAfter(NOW, 50);
  await watchExceptions(system(later));
  const after = await listExceptions(testCtx(database.db, dispatcher, later));
  expect(after).toMatchObject([{ kind: "unit_dark", severity: "alert", status: "open", acknowledgedAt: null }]);
  const audits = await database.owner
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.agencyId, agency.id));
  expect(audits.map((row) => row.action)).toEqual([
    "exception.open",
    "exception.acknowledge",
    "exception.snooze",
    "exception.change",
  ]);
});

test("a snooze is ended before its time, its reason with it, and ending it twice changes nothing", async () => {
  const { agency, ctx, system } = await aWatchedAgency();
  const stranger = await aWatchedAgency();
  await aTrip(database.owner, agency.id, { requestedAt: minutesAfter(NOW, 5), promisedPickupAt: minutesAfter(NOW, 5) });
  await watchExceptions(system());
  const [open] = await listExceptions(ctx);
  const id = open!.id;
  await snoozeException(ctx, { id, until: minutesAfter(NOW, 30), reason: "facility was told" });
  expect((await getBoard(ctx, { limit: 10 })).exceptions).toMatchObject([{ snoozeReason: "facility was told" }]);
  await expect(endSnooze(stranger.ctx, { id })).rejects.toMatchObject({ code: "not_found" });
  const ended = await endSnooze(ctx, { id });
  expect(ended).toMatchObject({ status: "open", snoozedUntil: null, snoozedBy: null, snoozeReason: null });
  const events = (await eventsOf(agency.id)).length;
  expect(await endSnooze(ctx, { id })).toMatchObject({ version: ended.version });
  expect(await eventsOf(agency.id)).toHaveLength(events);
  const audits = await database.owner
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.agencyId, agency.id));
  expect(audits.map(({ action }) => action)).toEqual(["exception.open", "exception.snooze", "exception.end_snooze"]);
  expect((await getBoard(ctx, { limit: 10 })).exceptions).toMatchObject([{ snoozedUntil: null, snoozeReason: null }]);
});

test("a snooze without a reason or into the past is refused, and nothing changes", async () => {
  const { agency, ctx, system } = await aWatchedAgency();
  await aTrip(database.owner, agency.id, { requestedAt: minutesAfter(NOW, 5), promisedPickupAt: minutesAfter(NOW, 5) });
  await watchExceptions(system());
  const [open] = await listExceptions(ctx);
  const refused = snoozeException(ctx, { id: open!.id, until: minutesAfter(NOW, -1), reason: " " });
  await expect(refused).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [{ path: "reason" }, { path: "until" }],
  });
  expect(await listExceptions(ctx)).toMatchObject([{ version: open!.version, status: "open" }]);
});

test("what follows from the rules can't be closed by hand", async () => {
  const { agency, ctx, system } = await aWatchedAgency();
  await aTrip(database.owner, agency.id, { requestedAt: minutesAfter(NOW, 5), promisedPickupAt: minutesAfter(NOW, 5) });
  await watchExceptions(system());
  const [open] = await listExceptions(ctx);
  await expect(closeException(ctx, { id: open!.id })).rejects.toMatchObject({ code: "rule_broken" });
});

test("another agency's exception is not found, and a stale version is told what the row is now", async () => {
  const { agency, ctx, system } = await aWatchedAgency();
  const stranger = await aWatchedAgency();
  await aTrip(database.owner, agency.id, { requestedAt: minutesAfter(NOW, 5), promisedPickupAt: minutesAfter(NOW, 5) });
  await watchExceptions(system());
  const [open] = await listExceptions(ctx);
  await expect(acknowledgeException(stranger.ctx, { id: open!.id })).rejects.toMatchObject({ code: "not_found" });
  const stale = acknowledgeException(ctx, { id: open!.id, version: 99 });
  await expect(stale).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "stale", current: { version: 1 } }],
  });
  const [row] = await database.owner
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.agencyId, agency.id), eq(exceptions.id, open!.id)));
  expect(row?.acknowledgedAt).toBeNull();
});
