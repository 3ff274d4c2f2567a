import { expect, test } from "vitest";
import { openDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, later } from "@/db/testing/dispatch";
import { aFacility } from "@/db/testing/factories";
import type { Ctx } from "@/server/context";
import type { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { listTrips } from "@/server/services/trips/list-trips";
import { write } from "@/server/services/unit-of-work";
import { onceByKey } from "./idempotency";

const database = useTestDatabase();

const aRequest = (key = newId()) => ({ key, method: "POST", path: "/api/v1/trips", body: {}, secretAnswer: false });
const booked = async (ctx: Ctx) => Response.json(await aCall(ctx), { status: 201 });
const tripsOf = async (ctx: Ctx) => (await listTrips(ctx, { limit: 50 })).items.map(({ id }) => id);
const idOf = async (answer: Response) => ((await answer.json()) as { id: string }).id;

test("a process that dies before the commit leaves no effect, and its key is free", async () => {
  const { dispatcher } = await aDispatch(database);
  const request = aRequest();
  const dying = openDb(database.urls.app, { max: 1 });
  const died = onceByKey({ ...dispatcher, db: dying }, request, async (ctx) => {
    const answer = await booked(ctx);
    await dying.$client.end({ timeout: 0 });
    return answer;
  });
  await expect(died).rejects.toThrow();
  const statusOf = (answer: Promise<Response>) => answer.then(({ status }) => status).catch((e: AppError) => e.code);
  // The database lets go of the key when it sees the connection end.
  await expect.poll(() => statusOf(onceByKey(dispatcher, request, booked))).toBe(201);
  expect(await tripsOf(dispatcher)).toHaveLength(1);
});

test("a process that dies right after the commit has kept the answer: the retry gets it and books nothing", async () => {
  const { dispatcher } = await aDispatch(database);
  const request = aRequest();
  const died = onceByKey(dispatcher, request, async (ctx) => {
    await write(ctx, async (_, uow) =>
      uow.afterCommit(() => {
        throw new Error("killed");
      }),
    );
    return booked(ctx);
  });
  await expect(died).rejects.toThrow("killed");
  const made = await tripsOf(dispatcher);
  expect(made).toHaveLength(1);
  const again = await onceByKey(later(dispatcher, 5), request, booked);
  expect([again.status, again.headers.get("Idempotency-Replayed"), await idOf(again)]).toEqual([201, "true", made[0]]);
  expect(await tripsOf(dispatcher)).toEqual(made);
});

test("a request in flight keeps its key however long it takes", async () => {
  const { dispatcher } = await aDispatch(database);
  const request = aRequest();
  let finish = () => {};
  const isLong = new Promise<void>((resolve) => (finish = resolve));
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const slow = onceByKey(dispatcher, request, async (ctx) => {
    const answer = await booked(ctx);
    begun();
    await isLong;
    return answer;
  });
  await hasBegun;
  // Ten minutes by its own clock: nothing is taken over.
  await expect(onceByKey(later(dispatcher, 10), request, booked)).rejects.toMatchObject({ code: "in_progress" });
  finish();
  const first = await idOf(await slow);
  expect(await idOf(await onceByKey(later(dispatcher, 11), request, booked))).toBe(first);
  expect(await tripsOf(dispatcher)).toEqual([first]);
});

test("of many requests at once with one key, one acts", async () => {
  const { dispatcher } = await aDispatch(database);
  const request = aRequest();
  const settled = await Promise.allSettled(Array.from({ length: 12 }, () => onceByKey(dispatcher, request, booked)));
  for (const one of settled) {
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "in_progress" });
    else expect(one.value.status).toBe(201);
  }
  expect(await tripsOf(dispatcher)).toHaveLength(1);
});

test("an action that breaks is undone whole and may run again; a refusal is remembered", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const request = aRequest();
  const broken = await onceByKey(dispatcher, request, async (ctx) => {
    await booked(ctx);
    return Response.json({}, { status: 500 });
  });
  expect(broken.status).toBe(500);
  expect(await tripsOf(dispatcher)).toEqual([]);
  const refused = await onceByKey(dispatcher, request, async (ctx) => {
    await expect(aCall(ctx, { pickup: { facilityId: newId() } })).rejects.toMatchObject({ code: "rule_broken" });
    return Response.json({ error: {} }, { status: 422 });
  });
  expect(refused.status).toBe(422);
  await aFacility(database.owner, agencyId);
  expect((await onceByKey(dispatcher, request, booked)).status).toBe(422);
  expect(await tripsOf(dispatcher)).toEqual([]);
});
