import { describe, expect, test } from "vitest";
import { inAgency } from "@/db/client";
import { useTestDatabase } from "@/db/testing/database";
import { auditOf } from "@/db/testing/dispatch";
import { anAgency, aUser, testCtx } from "@/db/testing/factories";
import type { Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { listJobs } from "./list-jobs";
import { retryDeadLetter } from "./retry-dead-letter";

const database = useTestDatabase();

/** A job that gave up: of an agency, or of the whole installation. */
async function aDeadLetter(job: string, agencyId?: string): Promise<string> {
  const id = newId();
  const data = { job, queue: "low", ...(agencyId && { agencyId }) };
  await database.sql`insert into pgboss.job (id, name, data, output)
    values (${id}, 'dead_letter', ${JSON.stringify(data)}, ${JSON.stringify({ code: "broken" })})`;
  return id;
}

const anAdmin = async (agencyId: string): Promise<Ctx> =>
  testCtx(database.db, await aUser(database.owner, agencyId, ["admin"]));

const asOperator = (ctx: Ctx): Ctx =>
  ctx.actor.kind === "user" ? { ...ctx, actor: { ...ctx.actor, operator: true } } : ctx;

const seenBy = async (ctx: Ctx) => (await listJobs(ctx)).deadLetters.map(({ id }) => id);

const waiting = (job: string) =>
  database.sql`select data->>'agencyId' as agency from pgboss.job where name = 'low' and data->>'job' = ${job}`;

async function twoAgencies() {
  const [mine, theirs] = [await anAgency(database.owner), await anAgency(database.owner)];
  const [admin, stranger] = [await anAdmin(mine.id), await anAdmin(theirs.id)];
  return { mine, theirs, admin, stranger };
}

describe("jobs that gave up", () => {
  test("are seen by the admin of their agency only, and all of them by an operator", async () => {
    const { mine, theirs, admin, stranger } = await twoAgencies();
    const [ours, others, everybodys] = [
      await aDeadLetter("seen", mine.id),
      await aDeadLetter("seen", theirs.id),
      await aDeadLetter("seen"),
    ];
    expect(await seenBy(admin)).toEqual([ours]);
    expect(await seenBy(stranger)).toEqual([others]);
    expect(await seenBy(asOperator(admin))).toEqual(expect.arrayContaining([ours, others, everybodys]));
    const queues = async (ctx: Ctx) =>
      (await listJobs(ctx)).queues.filter(({ job }) => job === "seen").map(({ count }) => count);
    expect(await queues(admin)).toEqual([1]);
    expect(await queues(asOperator(admin))).toEqual([3]);
    expect((await listJobs(admin)).wholeInstallation).toBe(false);
  });

  test("run again for their agency when its admin says so, which is audited", async () => {
    const { mine, admin } = await twoAgencies();
    const id = await aDeadLetter("again", mine.id);
    expect(await retryDeadLetter(admin, { id })).toEqual({ job: "again" });
    expect(await waiting("again")).toEqual([{ agency: mine.id }]);
    expect(await seenBy(admin)).toEqual([]);
    expect(await auditOf(database, id)).toEqual(["job.retry"]);
  });

  test("of another agency, or of none, are not found by an agency's admin, and stay where they are", async () => {
    const { theirs, admin } = await twoAgencies();
    for (const id of [await aDeadLetter("refused", theirs.id), await aDeadLetter("refused")]) {
      await expect(retryDeadLetter(admin, { id })).rejects.toMatchObject({ code: "not_found" });
      expect(await auditOf(database, id)).toEqual([]);
    }
    expect(await waiting("refused")).toEqual([]);
    const own = asOperator(admin);
    const id = await aDeadLetter("installation-wide");
    expect(await retryDeadLetter(own, { id })).toEqual({ job: "installation-wide" });
    expect(await waiting("installation-wide")).toEqual([{ agency: null }]);
  });
});

test("the role that serves may neither see nor make an operator", async () => {
  const { mine, admin } = await twoAgencies();
  const accountId = admin.actor.kind === "user" ? admin.actor.accountId : "";
  for (const statement of ["select * from operators", `insert into operators values ('${accountId}')`]) {
    const tried = inAgency(database.db, { agencyId: mine.id, accountId }, (tx) => tx.execute(statement));
    await expect(tried).rejects.toMatchObject({ cause: { code: "42501" } });
  }
});
