import { z } from "zod";
import { Version } from "@/server/domain/version";
import { RoleSchema } from "./permission-schemas";
import type { Role } from "./permissions";

const NO_CONTROL_CHARACTERS = /^\P{Cc}*$/u;

/** The one spelling of an e-mail. */
export const EmailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const PersonName = z.string().trim().min(1).max(120).regex(NO_CONTROL_CHARACTERS, "no control characters");
/** A password somebody chooses: long rather than odd. */
export const NewPassword = z.string().min(8, "at least 8 characters").max(200);
const Roles = z
  .array(RoleSchema)
  .min(1)
  .max(5)
  .transform((roles) => [...new Set(roles)]);

export const NewUser = z
  .strictObject({
    email: EmailSchema,
    name: PersonName.optional(),
    roles: Roles.optional(),
    /** A `role` alone is accepted. */
    role: RoleSchema.optional(),
    /** Without one, an invitation is made. */
    password: NewPassword.optional(),
  })
  .refine(({ roles, role }) => roles !== undefined || role !== undefined, { path: ["roles"], error: "name a role" });
export type NewUser = z.output<typeof NewUser>;

export const UserPatch = z.strictObject({
  version: Version,
  name: PersonName.optional(),
  email: EmailSchema.optional(),
  roles: Roles.optional(),
  role: RoleSchema.optional(),
  active: z.boolean().optional(),
});
export type UserPatch = z.output<typeof UserPatch>;

export const UserSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  roles: z.array(RoleSchema),
  active: z.boolean(),
  version: z.int(),
});
export type User = z.output<typeof UserSchema>;

export const MeSchema = UserSchema.extend({ agencyId: z.uuid() });
export type Me = z.output<typeof MeSchema>;

type Stored = {
  id: string;
  email: string;
  name: string;
  roles: string[];
  version: number;
  deactivatedAt: Date | null;
};

/** A user as the outside sees it. */
export const showUser = ({ id, email, name, roles, version, deactivatedAt }: Stored): User => ({
  id,
  email,
  name,
  roles: roles as Role[],
  active: deactivatedAt === null,
  version,
});

export const showMe = (user: Stored & { agencyId: string }): Me => ({ ...showUser(user), agencyId: user.agencyId });
