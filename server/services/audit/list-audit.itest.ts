import { expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aUser, minutesAfter, NOW, testCtx } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { AuditQuery, listAudit } from "./list-audit";

const database = useTestDatabase();
const list = (ctx: ReturnType<typeof testCtx>, query: object = {}) => listAudit(ctx, AuditQuery.parse(query));

async function aLog() {
  const { id: agencyId } = await anAgency(database.owner);
  const admin = await aUser(database.owner, agencyId, ["admin"]);
  const row = { agencyId, actorKind: "user", actorId: admin.id, entity: "thing" };
  const actions = ["user.edit", "trip.book", "trip.assign", "tripwire.x"];
  await database.owner
    .insert(auditLog)
    .values(actions.map((action, i) => ({ ...row, id: newId(), at: minutesAfter(NOW, i), action })));
  return { admin, ctx: testCtx(database.db, admin) };
}

test("comes newest first, page by page, with the name of who did it", async () => {
  const { admin, ctx } = await aLog();
  const first = await list(ctx, { limit: 3 });
  expect(first.items.map(({ action }) => action)).toEqual(["tripwire.x", "trip.assign", "trip.book"]);
  expect(first.items[0]).toMatchObject({ actorName: admin.name, at: minutesAfter(NOW, 3) });
  const second = await list(ctx, { limit: 3, cursor: first.nextCursor });
  expect([second.items.map(({ action }) => action), second.nextCursor]).toEqual([["user.edit"], null]);
});

test("is narrowed by area, person, thing and half-open time", async () => {
  const { admin, ctx } = await aLog();
  const actions = async (query: object) => (await list(ctx, query)).items.map(({ action }) => action);
  expect(await actions({ area: "trip" })).toEqual(["trip.assign", "trip.book"]);
  expect(await actions({ actorId: admin.id, from: minutesAfter(NOW, 1), to: minutesAfter(NOW, 2) })).toEqual([
    "trip.book",
  ]);
  expect(await actions({ entityId: newId() })).toEqual([]);
});

test("another agency's log is not there, and a cursor of another list is refused", async () => {
  await aLog();
  const { id } = await anAgency(database.owner);
  const stranger = testCtx(database.db, await aUser(database.owner, id, ["admin"]));
  expect((await list(stranger)).items).toEqual([]);
  await expect(list(stranger, { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid" });
});
