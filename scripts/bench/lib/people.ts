import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type postgres from "postgres";

/** Of every account of a benchmark: it opens a throw-away database only. */
export const BENCH_PASSWORD = "bench-password-of-nobody";

/** An account with a role in one agency. @returns its e-mail */
export async function seedPerson(owner: postgres.Sql, agencyId: string, role: "admin" | "dispatcher" | "crew") {
  const [accountId, email] = [randomUUID(), `${role}-${randomUUID()}@bench.test`];
  const passwordHash = await hash(BENCH_PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await owner`insert into accounts (id, email, password_hash, password_changed_at)
    values (${accountId}, ${email}, ${passwordHash}, now())`;
  await owner`insert into users (agency_id, id, account_id, name, roles)
    values (${agencyId}, ${randomUUID()}, ${accountId}, ${`Bench ${role}`}, ${[role]})`;
  return email;
}
