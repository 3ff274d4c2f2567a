import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { insertAudit } from "@/db/queries/audit";
import { accountByEmail, announceRevocation, placesOf } from "@/db/queries/auth";
import { deleteOperator, insertOperator } from "@/db/queries/operators";
import { EmailSchema } from "@/server/domain/people/user";
import { notFound } from "@/server/errors";
import { newId } from "@/server/ids";

export const SetOperatorInput = z.strictObject({ email: EmailSchema, operator: z.boolean() });

/**
 * Says whether an account looks after the whole installation. It stands in the audit log of every agency that the person
 * has a place in; sessions that run notice within a moment. Once is as good as twice.
 * @param owner - a connection of the role that owns the schema: the app role may not touch operators
 * @returns did it change anything?
 * @throws AppError not_found without such an account in any agency
 */
export function setOperator(
  owner: Db,
  now: Date,
  { email, operator }: z.output<typeof SetOperatorInput>,
): Promise<boolean> {
  return owner.transaction(async (tx) => {
    const account = await accountByEmail(tx, email);
    const places = account ? await placesOf(tx, account.id) : [];
    if (!account || places.length === 0) throw notFound("account with this e-mail");
    const change = operator ? insertOperator(tx, account.id, now) : deleteOperator(tx, account.id);
    if (!(await change)) return false;
    const entry = {
      at: now,
      actorKind: "system" as const,
      actorId: null,
      action: operator ? "operator.grant" : "operator.revoke",
      entity: "account",
      entityId: account.id,
      fields: ["operator"],
      requestId: "command:operator-grant",
    };
    await insertAudit(
      tx,
      places.map(({ agencyId }) => ({ ...entry, agencyId, id: newId() })),
    );
    await announceRevocation(tx);
    return true;
  });
}
