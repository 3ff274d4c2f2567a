import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { insertAgency } from "@/db/queries/agencies";
import { TimeZone } from "@/server/domain/people/agency";
import { EmailSchema, PersonName } from "@/server/domain/people/user";
import { newId } from "@/server/ids";
import { write } from "@/server/services/unit-of-work";
import { addUser, type CreatedUser } from "./create-user";

export const CreateAgencyInput = z.strictObject({
  name: PersonName,
  timeZone: TimeZone,
  adminEmail: EmailSchema,
  adminName: PersonName.optional(),
  distanceUnit: z.enum(["mi", "km"]).default("mi"),
});

/**
 * Makes an agency and its first admin, who gets an invitation, or enters with the account they have.
 * @param owner - a connection of the role that owns the schema: the app role can't make agencies
 */
export function createAgency(
  owner: Db,
  now: Date,
  { name, timeZone, distanceUnit, adminEmail, adminName }: z.output<typeof CreateAgencyInput>,
): Promise<CreatedUser & { agencyId: string }> {
  const agencyId = newId();
  const actor = { kind: "system" as const, agencyId, name: "agency-create" };
  const ctx = { db: owner, actor, now, requestId: newId() };
  return write(ctx, async (tx, uow) => {
    await insertAgency(tx, { id: agencyId, name, timeZone, distanceUnit });
    uow.audit({ action: "agency.create", entity: "agency", entityId: agencyId });
    const admin = { email: adminEmail, ...(adminName && { name: adminName }), roles: ["admin" as const] };
    return { agencyId, ...(await addUser({ tx, uow, ctx }, admin, null)) };
  });
}
