import { z } from "zod";
import { ROLES, type Role } from "@/server/domain/people/permissions";
import { EmailSchema, PersonName } from "@/server/domain/people/user";
import type { Columns } from "./read-table";

const Roles = z.string().transform((text, ctx): Role[] => {
  const named = text
    .toLowerCase()
    .split(/[\s,;|/]+/)
    .filter((name) => name !== "");
  const roles = ROLES.filter((role) => named.includes(role));
  if (roles.length > 0 && named.every((name) => ROLES.some((role) => role === name))) return roles;
  ctx.addIssue({ code: "custom", message: `roles are ${ROLES.join(", ")}` });
  return z.NEVER;
});

/** What a file of people is asked for. */
export const PERSON_COLUMNS = { required: ["email", "roles"], optional: ["name"] } as const;
/** Also the state that our own export says: who has left does not come back with a file. */
export const PERSON_FILE_COLUMNS: Columns = {
  required: PERSON_COLUMNS.required,
  optional: [...PERSON_COLUMNS.optional, "state"],
  ignored: ["secondFactor", "added"],
  aliases: { role: "roles" },
};
export const PersonLine = z.object({
  email: EmailSchema,
  name: PersonName.optional(),
  roles: Roles,
  state: z
    .string()
    .refine((text) => text.toLowerCase() !== "inactive", "this person has left: take the row out")
    .optional(),
});
export type PersonLine = z.infer<typeof PersonLine>;
