import "server-only";
import { usersByEmails } from "@/db/queries/people";
import type { Ctx } from "@/server/context";
import { PERSON_FILE_COLUMNS, PersonLine } from "@/server/domain/csv/person-line";
import {
  type ImportInput,
  type ImportResult,
  importLines,
  takenReasons,
  tooManyReasons,
} from "@/server/services/csv/import-lines";
import { write } from "@/server/services/unit-of-work";
import { addUser } from "./create-user";

/** One transaction makes each person an account and a link: more at once would hold it open for too long. */
const MOST_AT_ONCE = 500;
const emailOf = (value: PersonLine) => value.email;

/** A person who came in with a file, and the link that sets their password. */
export type Invited = { name: string; email: string; url: string; expiresAt: string };
export type PeopleImported = ImportResult & {
  /** One for each imported row; the links are in this answer, and nowhere afterwards. */
  invited: Invited[];
};

/** Gives the people of a file a place in the agency, all of them or none. No password is set: each gets a one-time link. */
export const importPeople = (ctx: Ctx, input: ImportInput): Promise<PeopleImported> =>
  write(ctx, async (tx, uow) => {
    const invited: Invited[] = [];
    const result = await importLines<PersonLine>(input, {
      columns: PERSON_FILE_COLUMNS,
      schema: PersonLine,
      unique: { column: "email", keyOf: emailOf },
      judge: async (rows) => {
        const present = await usersByEmails(
          tx,
          ctx.actor.agencyId,
          rows.map(({ value }) => value.email),
        );
        const taken = new Set(present.map(({ email }) => email));
        return [...takenReasons(rows, "email", emailOf, taken), ...tooManyReasons(rows, MOST_AT_ONCE)];
      },
      store: async (values) => {
        for (const { email, name, roles } of values) {
          const { user, link } = await addUser({ tx, uow, ctx }, { email, name, roles }, null);
          if (!link) throw new Error("a person without a password got no link");
          invited.push({ name: user.name, email, url: link.url, expiresAt: link.expiresAt });
        }
      },
    });
    return { ...result, invited };
  });
