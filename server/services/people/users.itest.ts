import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { accounts, oneTimeLinks, sessions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aUser, minutesAfter, NOW, testCtx } from "@/db/testing/factories";
import { aPerson, auditedActions, PASSWORD } from "@/db/testing/people";
import { clearAuthCache } from "@/server/auth/auth-cache";
import { newId } from "@/server/ids";
import { setEndConnectionsPort } from "@/server/realtime/end-connections";
import { acceptLink, readLink } from "./accept-link";
import { changePassword } from "./change-password";
import { createAgency } from "./create-agency";
import { createUser } from "./create-user";
import { deactivateUser } from "./deactivate-user";
import { editUser } from "./edit-user";
import { getUser } from "./get-user";
import { listUsers } from "./list-users";
import { resetPassword } from "./reset-password";
import { signInByApi } from "./sign-in";

const database = useTestDatabase();
const ended: string[] = [];
beforeEach(() => {
  ended.length = 0;
  clearAuthCache();
  setEndConnectionsPort(async (userId) => void ended.push(userId));
});
const email = () => `new-${newId()}@example.test`;
const at = (now = NOW) => ({ db: database.db, now, requestId: newId() });
const visitor = (now = NOW) => ({ ...at(now), network: newId(), userAgent: "test" });
const signIn = (address: string, password: string) => signInByApi(visitor(), { email: address, password });
const anAdmin = async () => {
  const admin = await aPerson(database.owner, { roles: ["admin"] });
  return { admin, ctx: testCtx(database.db, admin), agencyId: admin.agencyId };
};
const tokenOf = (url: string) => new URL(url).hash.slice(1);

describe("adding people", () => {
  test("with a password they can come in at once; with a role alone they have that role", async () => {
    const { ctx, agencyId } = await anAdmin();
    const address = email();
    const { user, link } = await createUser(ctx, { email: address, role: "crew", password: "long enough" });
    expect(user).toMatchObject({ email: address, roles: ["crew"], active: true, version: 1 });
    expect(link).toBeNull();
    expect((await signIn(address, "long enough")).tokens.user.agencyId).toBe(agencyId);
    expect(await auditedActions(database.owner, agencyId)).toEqual(["user.create", "session.start"]);
  });

  test("without one they get a link that sets it, works once, and is stored as a hash only", async () => {
    const { ctx, agencyId } = await anAdmin();
    const address = email();
    const { link } = await createUser(ctx, { email: address, name: "Ann", roles: ["billing"] });
    const token = tokenOf(link?.url ?? "");
    expect(new URL(link?.url ?? "").pathname).toBe("/link");
    expect(await readLink(at(), { token })).toMatchObject({ email: address, kind: "invite" });
    await acceptLink(at(), { token, password: "my own words" });
    await expect(acceptLink(at(), { token, password: "another one" })).rejects.toMatchObject({ code: "rule_broken" });
    expect((await signIn(address, "my own words")).tokens.user.roles).toEqual(["billing"]);
    const stored = await database.owner.select().from(oneTimeLinks).where(eq(oneTimeLinks.agencyId, agencyId));
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await auditedActions(database.owner, agencyId)).toContain("user.invite");
  });

  test("an e-mail the agency has is a conflict, and nothing is left behind", async () => {
    const { ctx, admin } = await anAdmin();
    await expect(createUser(ctx, { email: admin.email, role: "crew" })).rejects.toMatchObject({
      code: "conflict",
      reasons: [{ path: "email", code: "taken" }],
    });
    expect((await listUsers(ctx, { limit: 50 })).items).toHaveLength(1);
  });

  test("a reset link takes the wait after failed sign-ins away, whoever made them", async () => {
    const { ctx, agencyId } = await anAdmin();
    const person = await aPerson(database.owner, { agencyId });
    for (let i = 0; i < 10; i++) await signIn(person.email, "a guess at it").catch(() => undefined);
    await expect(signIn(person.email, PASSWORD)).rejects.toMatchObject({ code: "rate_limited" });
    const { url } = await resetPassword(ctx, person.id);
    await acceptLink(at(), { token: url.split("#")[1] ?? "", password: "my own words" });
    expect((await signIn(person.email, "my own words")).tokens.user.id).toBe(person.id);
    expect(await auditedActions(database.owner, agencyId)).toEqual(
      expect.arrayContaining(["user.reset_link", "account.set_password", "session.start"]),
    );
  });

  test("who has a place in two agencies keeps the account: no password and no link can be slipped to them", async () => {
    const { ctx, agencyId } = await anAdmin();
    const other = await aPerson(database.owner);
    const user = await aUser(database.owner, agencyId, ["crew"], { accountId: other.accountId });
    await expect(resetPassword(ctx, user.id)).rejects.toMatchObject({ reasons: [{ code: "shared_account" }] });
    const patch = { version: 1, email: email() };
    await expect(editUser(ctx, user.id, patch)).rejects.toMatchObject({ reasons: [{ code: "shared_account" }] });
    expect((await signIn(other.email, PASSWORD)).tokens.user.agencyId).toBe(other.agencyId);
  });
});

describe("changing people", () => {
  test("a stale version is answered with the row as it is", async () => {
    const { ctx, admin } = await anAdmin();
    await editUser(ctx, admin.id, { version: 1, name: "Renamed" });
    await expect(editUser(ctx, admin.id, { version: 1, name: "Again" })).rejects.toMatchObject({
      code: "conflict",
      reasons: [{ path: "version", code: "stale", current: { name: "Renamed", version: 2 } }],
    });
  });

  test("other roles hold at once and end the realtime connections, not the session", async () => {
    const { ctx, agencyId } = await anAdmin();
    const crew = await aPerson(database.owner, { agencyId, roles: ["crew"] });
    await signIn(crew.email, PASSWORD);
    expect((await editUser(ctx, crew.id, { version: 1, roles: ["crew", "dispatcher"] })).roles).toHaveLength(2);
    expect(ended).toEqual([crew.id]);
    const [session] = await database.owner.select().from(sessions).where(eq(sessions.userId, crew.id));
    expect(session?.revokedAt).toBeNull();
    expect(await auditedActions(database.owner, agencyId)).toContain("user.edit");
  });

  test("being deactivated ends sessions, links and connections; twice is as good as once; it can be undone", async () => {
    const { ctx, agencyId } = await anAdmin();
    const crew = await aPerson(database.owner, { agencyId, roles: ["crew"] });
    await signIn(crew.email, PASSWORD);
    const { url } = await resetPassword(ctx, crew.id);
    await deactivateUser(ctx, crew.id);
    await deactivateUser(ctx, crew.id);
    await expect(signIn(crew.email, PASSWORD)).rejects.toMatchObject({ code: "bad_credentials" });
    await expect(readLink(at(), { token: tokenOf(url) })).rejects.toMatchObject({ code: "rule_broken" });
    const [session] = await database.owner.select().from(sessions).where(eq(sessions.userId, crew.id));
    expect(session).toMatchObject({ revokedReason: "deactivated" });
    expect(ended).toEqual([crew.id]);
    const row = await getUser(ctx, crew.id);
    expect(row.active).toBe(false);
    await editUser(ctx, crew.id, { version: row.version, active: true });
    expect((await signIn(crew.email, PASSWORD)).tokens.user.active).toBe(true);
  });

  test("the last admin can neither leave nor lose the role, also when two try at once", async () => {
    const { ctx, admin, agencyId } = await anAdmin();
    const refusal = { code: "rule_broken", reasons: [{ code: "last_admin" }] };
    await expect(deactivateUser(ctx, admin.id)).rejects.toMatchObject(refusal);
    await expect(editUser(ctx, admin.id, { version: 1, roles: ["crew"] })).rejects.toMatchObject(refusal);
    await expect(editUser(ctx, admin.id, { version: 1, active: false })).rejects.toMatchObject(refusal);
    const second = await aPerson(database.owner, { agencyId, roles: ["admin"] });
    const both = await Promise.allSettled([deactivateUser(ctx, admin.id), deactivateUser(ctx, second.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("another agency's people are not there", async () => {
    const { ctx } = await anAdmin();
    const stranger = await aPerson(database.owner);
    const gone = { code: "not_found" };
    await expect(getUser(ctx, stranger.id)).rejects.toMatchObject(gone);
    await expect(editUser(ctx, stranger.id, { version: 1, name: "x" })).rejects.toMatchObject(gone);
    await expect(deactivateUser(ctx, stranger.id)).rejects.toMatchObject(gone);
    await expect(resetPassword(ctx, stranger.id)).rejects.toMatchObject(gone);
    expect((await listUsers(ctx, { limit: 50 })).items).toHaveLength(1);
  });
});

describe("links and passwords", () => {
  test("a new link replaces the older one, and an expired one is refused", async () => {
    const { ctx, agencyId } = await anAdmin();
    const crew = await aPerson(database.owner, { agencyId, roles: ["crew"] });
    const [first, second] = [await resetPassword(ctx, crew.id), await resetPassword(ctx, crew.id)];
    expect(second.kind).toBe("reset");
    const gone = { reasons: [{ code: "link_gone" }] };
    await expect(readLink(at(), { token: tokenOf(first.url) })).rejects.toMatchObject(gone);
    await expect(readLink(at(minutesAfter(NOW, 24 * 60)), { token: tokenOf(second.url) })).rejects.toMatchObject(gone);
    await expect(readLink(at(), { token: "rbl_unknown" })).rejects.toMatchObject(gone);
  });

  test("a reset ends every session; two who use the link at once set one password", async () => {
    const { ctx, agencyId } = await anAdmin();
    const crew = await aPerson(database.owner, { agencyId, roles: ["crew"] });
    await signIn(crew.email, PASSWORD);
    const token = tokenOf((await resetPassword(ctx, crew.id)).url);
    const both = await Promise.allSettled(
      ["first words", "other words"].map((password) => acceptLink(at(), { token, password })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const open = and(eq(sessions.userId, crew.id), eq(sessions.revokedReason, "password_set"));
    expect(await database.owner.select().from(sessions).where(open)).toHaveLength(1);
    await expect(signIn(crew.email, PASSWORD)).rejects.toMatchObject({ code: "bad_credentials" });
  });

  test("changing one's own password needs the old one and ends the other sessions", async () => {
    const person = await aPerson(database.owner);
    const ctx = testCtx(database.db, person);
    await signIn(person.email, PASSWORD);
    const wrong = changePassword(ctx, { password: "guess", newPassword: "brand new words" });
    await expect(wrong).rejects.toMatchObject({ reasons: [{ path: "password", code: "wrong_password" }] });
    await changePassword(ctx, { password: PASSWORD, newPassword: "brand new words" });
    expect((await signIn(person.email, "brand new words")).tokens.user.id).toBe(person.id);
    const ofUser = await database.owner.select().from(sessions).where(eq(sessions.userId, person.id));
    expect(new Set(ofUser.map(({ revokedReason }) => revokedReason))).toEqual(new Set([null, "password_changed"]));
  });

  test("the app role can't change an account it does not act as", async () => {
    const person = await aPerson(database.owner);
    await database.db.update(accounts).set({ passwordHash: "x" }).where(eq(accounts.id, person.accountId));
    expect((await signIn(person.email, PASSWORD)).tokens.user.id).toBe(person.id);
  });
});

test("an agency begins with an admin who sets a password by a link", async () => {
  const input = { name: "County EMS", timeZone: "America/Chicago", distanceUnit: "mi" as const, adminEmail: email() };
  const { agencyId, link, user } = await createAgency(database.owner, NOW, input);
  expect(user.roles).toEqual(["admin"]);
  await acceptLink(at(), { token: tokenOf(link?.url ?? ""), password: "first admin" });
  expect((await signIn(input.adminEmail, "first admin")).tokens.user.agencyId).toBe(agencyId);
  expect((await auditedActions(database.owner, agencyId)).slice(0, 2).sort()).toEqual(["agency.create", "user.invite"]);
});
