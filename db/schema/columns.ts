import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, integer, timestamp, uuid } from "drizzle-orm/pg-core";

/** The key of every row that belongs to an agency: `(agency_id, id)`, `id` a UUIDv7 made in the application. */
export const agencyKey = () => ({ agencyId: uuid("agency_id").notNull(), id: uuid("id").notNull() });

/** A moment in UTC. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

/** Edit counter and stamps of a row that people edit. */
export const stamps = () => ({
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
  createdBy: uuid("created_by"),
});

/** A check that a text column holds one of the words of a vocabulary. */
export const oneOf = (name: string, column: AnyPgColumn, words: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(", "))})`);
