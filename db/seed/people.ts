import { and, eq, inArray, like, or, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { Db } from "@/db/client";
import { accounts, agencies, users } from "@/db/schema";
import type { Role } from "@/server/domain/people/permissions";
import { hashPassword, verifyPassword } from "@/server/security/passwords";

type DemoPerson = { email: string; name: string; roles: Role[] };

const CREW = [
  "Avery Quinn",
  "Blake Navarro",
  "Casey Whitfield",
  "Devon Marsh",
  "Emery Castillo",
  "Finley Osborne",
  "Gray Holloway",
  "Harper Lindqvist",
  "Indigo Barrett",
  "Jordan Pike",
  "Kendall Moreau",
  "Logan Abernathy",
  "Morgan Teague",
  "Noel Fairchild",
  "Oakley Brandt",
  "Parker Sandoval",
  "Quincy Ellery",
  "Riley Hathaway",
  "Sawyer Dunn",
  "Tatum Voss",
];

/** The people of the demo agency: one per role, and twenty crew. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { email: "admin@demo.test", name: "Alex Admin", roles: ["admin"] },
  { email: "dispatcher@demo.test", name: "Dana Dispatch", roles: ["dispatcher"] },
  { email: "billing@demo.test", name: "Billie Ledger", roles: ["billing"] },
  { email: "clinical@demo.test", name: "Chris Clinic", roles: ["clinical"] },
  ...CREW.map((name, i) => ({ email: `crew${i + 1}@demo.test`, name, roles: ["crew" as const] })),
];

/** The people of the second demo agency, there to show that agencies do not see each other. */
export const OTHER_PEOPLE: readonly DemoPerson[] = [
  { email: "admin@other.test", name: "Olive Admin", roles: ["admin"] },
  { email: "dispatcher@other.test", name: "Otto Dispatch", roles: ["dispatcher"] },
];

/**
 * Adds people to an agency, those that it lacks; all with one password.
 * @param db - the migrator's connection
 * @returns user ids by e-mail
 */
export async function seedPeople(
  db: Pick<Db, "select" | "insert">,
  agencyId: string,
  people: readonly DemoPerson[],
  password: string,
): Promise<Map<string, string>> {
  const passwordHash = await hashPassword(password);
  const emails = people.map(({ email }) => email);
  const rows = emails.map((email) => ({ id: v7(), email, passwordHash, passwordChangedAt: sql`now()` }));
  await db.insert(accounts).values(rows).onConflictDoNothing({ target: accounts.email });
  const stored = await db
    .select({ id: accounts.id, email: accounts.email })
    .from(accounts)
    .where(inArray(accounts.email, emails));
  const accountIds = new Map(stored.map(({ id, email }) => [email, id]));
  const places = people.flatMap(({ email, name, roles }) => {
    const accountId = accountIds.get(email);
    return accountId ? [{ agencyId, id: v7(), accountId, name, roles }] : [];
  });
  await db
    .insert(users)
    .values(places)
    .onConflictDoNothing({ target: [users.agencyId, users.accountId] });
  const made = await db
    .select({ id: users.id, email: accounts.email })
    .from(users)
    .innerJoin(accounts, eq(accounts.id, users.accountId))
    .where(and(eq(users.agencyId, agencyId), inArray(accounts.email, emails)));
  return new Map(made.map(({ id, email }) => [email, id]));
}

/**
 * Gives every demo account this password, unless they have it: the well-known one must not stay when the console is
 * opened to a network.
 * @param db - the migrator's connection
 */
export async function setDemoPassword(db: Db, password: string): Promise<void> {
  const isDemo = or(like(accounts.email, "%@demo.test"), like(accounts.email, "%@other.test"));
  const [one] = await db.select({ passwordHash: accounts.passwordHash }).from(accounts).where(isDemo).limit(1);
  if (!one || (await verifyPassword(one.passwordHash, password))) return;
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const changed = await tx
      .update(accounts)
      .set({ passwordHash, passwordChangedAt: sql`now()` })
      .where(isDemo)
      .returning({ id: accounts.id });
    const ids = changed.map(({ id }) => id);
    await tx.execute(
      sql`update sessions set revoked_at = now(), revoked_reason = 'password_set' where revoked_at is null and account_id in ${ids}`,
    );
  });
}

/**
 * May the demo use this database? Only an empty one, or one that holds nothing but demo agencies.
 * @throws Error with one line when somebody else's agencies are there
 */
export async function assertDemoDatabase(db: Db): Promise<void> {
  const rows = await db.select({ settings: agencies.settings }).from(agencies);
  if (rows.every(({ settings }) => settings.demo === true)) return;
  throw new Error(
    "this database holds agencies that the demo did not create: point RUNBOARD_DATA or DATABASE_URL elsewhere",
  );
}
