import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, NOW, testCtx } from "@/db/testing/factories";
import { aPerson, auditedActions, PASSWORD } from "@/db/testing/people";
import type { Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { acceptLink, readLink } from "./accept-link";
import { changePassword } from "./change-password";
import { createUser } from "./create-user";
import { editUser } from "./edit-user";
import { listPeople } from "./list-users";
import { resetPassword } from "./reset-password";
import { signInByApi } from "./sign-in";

const database = useTestDatabase();
const at = () => ({ db: database.db, now: NOW, requestId: newId() });
const visitor = () => ({ ...at(), network: newId(), userAgent: null });
const signIn = async (email: string, password = PASSWORD) =>
  (await signInByApi(visitor(), { email, password })).tokens.user.agencyId;

async function anAdmin(): Promise<{ ctx: Ctx; agencyId: string }> {
  const { id: agencyId } = await anAgency(database.owner);
  return { agencyId, ctx: testCtx(database.db, await aPerson(database.owner, { agencyId, roles: ["admin"] })) };
}
const tokenOf = (link: { url: string } | null) => link?.url.split("#")[1] ?? "";
const placesOf = (accountId: string) =>
  database.sql<{ agency_id: string }[]>`select agency_id from auth_places(${accountId})`.then((rows) =>
    rows.map((row) => row.agency_id),
  );

/** Somebody of another agency whom an admin invites by their e-mail. */
async function anInvited() {
  const person = await aPerson(database.owner);
  const { ctx, agencyId } = await anAdmin();
  const { user, link } = await createUser(ctx, { email: person.email, role: "crew" });
  return { person, ctx, agencyId, user, token: tokenOf(link) };
}

describe("inviting an e-mail that has an account in another agency", () => {
  test("answers and shows the same as for a new e-mail", async () => {
    const { ctx } = await anAdmin();
    const known = await aPerson(database.owner);
    const fresh = `new-${newId()}@example.test`;
    const brief = (made: Awaited<ReturnType<typeof createUser>>) => ({
      ...made,
      user: { ...made.user, id: "", email: "", name: "" },
      link: made.link && { ...made.link, url: made.link.url.replace(/#.*/, "") },
    });
    for (const password of [undefined, "given by an admin"]) {
      const pair = { role: "crew" as const, password };
      const [a, b] = [
        `${password ? "p" : "i"}-${fresh}`,
        password ? (await aPerson(database.owner)).email : known.email,
      ];
      expect(brief(await createUser(ctx, { email: b, ...pair }))).toEqual(
        brief(await createUser(ctx, { email: a, ...pair })),
      );
      const rows = (await listPeople(ctx)).filter(({ email }) => email === a || email === b);
      expect(new Set(rows.map((row) => `${row.hasPassword} ${row.hasSecondFactor}`)).size).toBe(1);
      for (const { id } of rows) expect((await resetPassword(ctx, id)).kind).toBe(password ? "reset" : "invite");
    }
  });

  test("opens no place until the link is taken by the account's own password, and changes nothing of the account", async () => {
    const { person, agencyId, token } = await anInvited();
    expect(await readLink(at(), { token })).toMatchObject({ email: person.email, kind: "invite" });
    expect(await placesOf(person.accountId)).toEqual([person.agencyId]);
    await expect(acceptLink(at(), { token, password: "a guess at it" })).rejects.toMatchObject({
      code: "bad_credentials",
    });
    expect(await placesOf(person.accountId)).toEqual([person.agencyId]);
    await acceptLink(at(), { token, password: PASSWORD });
    expect((await placesOf(person.accountId)).toSorted()).toEqual([person.agencyId, agencyId].toSorted());
    expect(await signIn(person.email)).toBe(person.agencyId);
    expect(await auditedActions(database.owner, agencyId)).toEqual(["user.invite", "user.join"]);
    await expect(acceptLink(at(), { token, password: PASSWORD })).rejects.toMatchObject({ code: "rule_broken" });
  });

  test("is no way around the slowing down of guesses", async () => {
    const { token } = await anInvited();
    const guess = () => acceptLink(at(), { token, password: "a guess at it" }).catch((error: unknown) => error);
    for (let i = 0; i < 10; i++) await guess();
    expect(await guess()).toMatchObject({ code: "rate_limited" });
    await expect(acceptLink(at(), { token, password: PASSWORD })).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("does not let in who chose the password for somebody: they change it first", async () => {
    const home = await anAdmin();
    const email = `given-${newId()}@example.test`;
    const { user: given } = await createUser(home.ctx, { email, role: "crew", password: PASSWORD });
    const { ctx, agencyId } = await anAdmin();
    const { link } = await createUser(ctx, { email, role: "crew" });
    const accept = (password: string) => acceptLink(at(), { token: tokenOf(link), password });
    await expect(accept(PASSWORD)).rejects.toMatchObject({ reasons: [{ code: "password_given" }] });
    const [row] = await database.sql<{ account_id: string }[]>`select account_id from users where id = ${given.id}`;
    const self = testCtx(database.db, {
      agencyId: home.agencyId,
      id: given.id,
      accountId: row?.account_id ?? "",
      roles: ["crew"],
    });
    await changePassword(self, { password: PASSWORD, newPassword: "my own words" });
    await accept("my own words");
    expect(await placesOf(row?.account_id ?? "")).toContain(agencyId);
  });

  test("binds the place to the e-mail: another e-mail, another account, and the first link is dead", async () => {
    const { person, ctx, user, token } = await anInvited();
    const other = `moved-${newId()}@example.test`;
    expect(await editUser(ctx, user.id, { version: 1, email: other })).toMatchObject({ email: other });
    await expect(acceptLink(at(), { token, password: PASSWORD })).rejects.toMatchObject({ code: "rule_broken" });
    const { url } = await resetPassword(ctx, user.id);
    await acceptLink(at(), { token: tokenOf({ url }), password: "another person" });
    expect(await signIn(other, "another person")).toBe(ctx.actor.agencyId);
    expect(await placesOf(person.accountId)).toEqual([person.agencyId]);
  });
});
