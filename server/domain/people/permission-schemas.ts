import { z } from "zod";
import { ROLES, SCOPES } from "./permissions";

/** The words of `./permissions` as schemas, apart from them: pages need the words and not what reads them. */

export const RoleSchema = z.enum(ROLES);
export const ScopeSchema = z.enum(SCOPES);
