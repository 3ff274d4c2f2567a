import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { exceptions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, minutesAfter, NOW } from "@/db/testing/dispatch";
import { type Ctx, isLocked } from "@/server/context";
import { wire } from "@/server/domain/wire/transformer";
import { answerCalls } from "./console-endpoint";
import type { AppRouter } from "./root";

const database = useTestDatabase();

/** A console of this caller: real requests and answers, without a network between. */
const consoleOf = (ctx: Ctx) =>
  createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: "http://127.0.0.1/api/trpc",
        methodOverride: "POST",
        transformer: wire,
        fetch: (url, init) =>
          answerCalls(new Request(url as string, init as RequestInit), () => ({ ...ctx, locked: isLocked(ctx.actor) })),
      }),
    ],
  });

test("dates arrive as dates both ways, and a refusal with what the trip is now", async () => {
  const { dispatcher, shift } = await aDispatch(database);
  const client = consoleOf(dispatcher);
  const at = minutesAfter(NOW, 45);
  const trip = await client.trips.book.mutate({ level: "wheelchair", pickup: { lat: 40.6, lon: -89.3, at } });
  expect(trip.pickup.at).toEqual(at);
  await client.trips.assign.mutate({ tripId: trip.id, shiftId: shift.id, mode: "reserve" });
  const board = await client.board.get.query({});
  expect(board.trips).toMatchObject([{ id: trip.id, requestedAt: at, unit: { mode: "reserve" } }]);
  const stale = client.trips.edit.mutate({ tripId: trip.id, version: 1, needs: ["oxygen"] });
  const error = await stale.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof TRPCClientError)) throw new Error("a stale edit is refused");
  expect(error.data).toMatchObject({
    appCode: "conflict",
    httpStatus: 409,
    reasons: [{ code: "stale", current: { version: 2, times: { requestedAt: at } } }],
  });
});

test("what is sent wrong is named, and nobody without the permission gets in", async () => {
  const { dispatcher, crew } = await aDispatch(database);
  const wrong = consoleOf(dispatcher).trips.get.query({ tripId: "nonsense" });
  await expect(wrong).rejects.toMatchObject({ data: { appCode: "invalid", reasons: [{ path: "tripId" }] } });
  const { board } = consoleOf(crew);
  for (const ask of [() => board.get.query({}), () => board.changes.query({})])
    await expect(ask()).rejects.toMatchObject({ data: { appCode: "forbidden" } });
});

test("a locked console's board goes on, without its riders and without changing anything", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  await database.owner.insert(exceptions).values({
    agencyId,
    id: trip.id,
    kind: "late",
    severity: "alert",
    subjectType: "trip",
    subjectId: trip.id,
    tripId: trip.id,
    openedAt: NOW,
  });
  const reason = "Ada Lovelace called: later";
  const until = minutesAfter(NOW, 30);
  await consoleOf(dispatcher).exceptions.snooze.mutate({ id: trip.id, until, reason });
  const locked = consoleOf({ ...dispatcher, actor: { ...dispatcher.actor, locked: true } as Ctx["actor"] });
  const seen = [
    await locked.board.get.query({}),
    await locked.board.manifest.query({ shiftId: shift.id }),
    await locked.exceptions.list.query(),
    await locked.realtime.occupiedCells.query(),
    await locked.trips.events.query({ tripId: trip.id }),
  ];
  expect(seen[0]).toMatchObject({ trips: [{ id: trip.id, riderName: null }], exceptions: [{ kind: "late" }] });
  expect(seen[2]).toMatchObject([{ kind: "late", snoozeReason: null }]);
  expect(JSON.stringify(seen)).not.toMatch(/Lovelace|0142|Hidden|Clinic Way/);
  const change = locked.trips.cancel.mutate({ tripId: trip.id, reason: "left open" });
  await expect(change).rejects.toMatchObject({ data: { reasons: [{ code: "locked" }] } });
});
