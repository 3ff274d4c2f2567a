import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Db, inAgency, openDb, readInAgency, type Tx } from "./client";
import { bases } from "./schema";
import { useTestDatabase } from "./testing/database";
import { aBase, anAgency } from "./testing/factories";

const database = useTestDatabase();
let relay: Relay;
let db: Db;

beforeAll(async () => {
  relay = await relayTo(new URL(database.urls.app));
  db = openDb(relay.url, { max: 1 });
});
afterAll(async () => {
  await db.$client.end({ timeout: 1 });
  relay.server.close();
});

async function twoAgencies() {
  const [mine, theirs] = [await anAgency(database.owner), await anAgency(database.owner)];
  await aBase(database.owner, mine.id, { name: "Mine" });
  await aBase(database.owner, theirs.id, { name: "Theirs" });
  return { mine: mine.id, theirs: theirs.id };
}
const names = async (tx: Tx) => (await tx.select({ name: bases.name }).from(bases)).map(({ name }) => name);
/** A statement with a parameter, as nearly all are. */
const echo = (tx: Tx, word: string) => tx.execute<{ word: string }>(sql`select ${word}::text as word`);

describe("journeys to the database", () => {
  test("a read of one statement is one, and its end is waited for by nobody", async () => {
    const { mine } = await twoAgencies();
    const read = () => readInAgency(db, { agencyId: mine }, (tx) => echo(tx, "here"));
    await read();
    await db.execute(sql`select 1`);
    const before = relay.journeys();
    expect(await read()).toMatchObject([{ word: "here" }]);
    expect(relay.journeys() - before).toBe(1);
  });

  test("a write has one before its first statement and one for its end, and each statement is one", async () => {
    const { mine } = await twoAgencies();
    const write = () => inAgency(db, { agencyId: mine }, (tx) => echo(tx, "there"));
    await write();
    const before = relay.journeys();
    await write();
    expect(relay.journeys() - before).toBe(3);
  });
});

describe("a transaction that reads", () => {
  test("sees its agency's rows from the first statement on, and leaves nothing behind", async () => {
    const { mine, theirs } = await twoAgencies();
    for (const [agencyId, name] of [
      [mine, "Mine"],
      [theirs, "Theirs"],
    ] as const) {
      expect(await readInAgency(db, { agencyId }, names)).toEqual([name]);
      expect(await db.transaction(names)).toEqual([]);
    }
  });

  test("can't write", async () => {
    const { mine } = await twoAgencies();
    const writing = readInAgency(db, { agencyId: mine }, (tx) => tx.update(bases).set({ name: "x" }));
    await expect(writing).rejects.toMatchObject({ cause: { code: "25006" } });
  });

  test("fails when its agency could not be set, whatever its statements said", async () => {
    const reading = readInAgency(db, { agencyId: "\0" }, () => Promise.resolve("done"));
    await expect(reading).rejects.toMatchObject({ code: "22021" });
    expect(await echo(db as unknown as Tx, "on")).toMatchObject([{ word: "on" }]);
  });
});

describe("a transaction that is over", () => {
  test("takes no statement any more: it would be one of whoever has the connection now", async () => {
    const { mine, theirs } = await twoAgencies();
    let late: Tx | undefined;
    await inAgency(db, { agencyId: mine }, async (tx) => {
      late = tx;
    });
    await inAgency(db, { agencyId: theirs }, async (tx) => {
      await tx.execute(sql`select 1`);
      await expect(late ? names(late) : "nothing").rejects.toMatchObject({ cause: { code: "TRANSACTION_OVER" } });
      expect(await names(tx)).toEqual(["Theirs"]);
    });
  });

  test("takes none of a part that goes on after another part failed", async () => {
    const { mine } = await twoAgencies();
    let rest: Promise<unknown> = Promise.resolve();
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const reading = readInAgency(db, { agencyId: mine }, (tx) => {
      const failing = Promise.resolve(tx.execute(sql`select 1 / 0`));
      rest = over.then(() => names(tx));
      rest.catch(() => undefined);
      return Promise.all([failing, rest]);
    });
    await expect(reading).rejects.toMatchObject({ cause: { code: "22012" } });
    end();
    await expect(rest).rejects.toMatchObject({ cause: { code: "TRANSACTION_OVER" } });
  });

  test("a beginning that is refused fails it all, and the connection serves on", async () => {
    const { mine } = await twoAgencies();
    let second: Promise<unknown> = Promise.resolve();
    const begun = db.$client.begin(
      "no such mode",
      async (client) => {
        await client.unsafe("select 1");
        second = client.unsafe("select 2").execute();
        second.catch(() => undefined);
        return "done";
      },
      { ahead: true },
    );
    await expect(begun).rejects.toMatchObject({ code: "42601" });
    await expect(second).rejects.toMatchObject({ code: "42601" });
    expect(await readInAgency(db, { agencyId: mine }, names)).toEqual(["Mine"]);
  });

  test("however often its connection is cut, the pool serves on and stays whole", async () => {
    const { mine } = await twoAgencies();
    const admin = postgres(inject("server").adminUrl, { max: 1, onnotice: () => undefined });
    for (const run of [inAgency, readInAgency, inAgency, readInAgency]) {
      const cut = run(db, { agencyId: mine }, async (tx) => {
        const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await admin`select pg_terminate_backend(${row?.pid ?? 0})`;
        return names(tx);
      });
      await expect(cut).rejects.toThrow();
      expect(await readInAgency(db, { agencyId: mine }, names)).toEqual(["Mine"]);
    }
    await admin.end();
  });
});

type Relay = { server: Server; url: string; journeys: () => number };

/** Hands bytes on to the database and counts how often something is sent after something was heard. */
async function relayTo(target: URL): Promise<Relay> {
  let journeys = 0;
  const hand = (near: Socket) => {
    const far = dial(Number(target.port), target.hostname);
    let isHeard = true;
    near.on("data", (bytes) => {
      if (isHeard) journeys++;
      isHeard = false;
      far.write(bytes);
    });
    far.on("data", (bytes) => {
      isHeard = true;
      near.write(bytes);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on("close", () => other.destroy()).on("error", () => other.destroy());
  };
  const server = createServer(hand);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target.href);
  const address = server.address();
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" ? address?.port : "");
  return { server, url: url.href, journeys: () => journeys };
}
