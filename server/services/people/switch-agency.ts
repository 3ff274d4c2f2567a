import "server-only";
import { z } from "zod";
import { placesOf } from "@/db/queries/auth";
import { sessionById } from "@/db/queries/sessions";
import { type Ctx, isLocked } from "@/server/context";
import { AppError, notFound, ruleBroken } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { personOf } from "./prove-password";
import { signOut } from "./sign-out";
import { type StartedSession, startSession } from "./start-session";
import type { Visitor } from "./visitor";

export const SwitchAgencyInput = z.strictObject({ agencyId: z.uuid() });
export type PlaceView = { agencyId: string; agencyName: string; current: boolean };

/** The agencies that the caller may enter, by name. */
export async function listPlaces(ctx: Ctx): Promise<PlaceView[]> {
  const { accountId, agencyId: here } = personOf(ctx);
  const places = await placesOf(ctx.db, accountId);
  return places
    .map(({ agencyId, agencyName }) => ({ agencyId, agencyName, current: agencyId === here }))
    .toSorted((a, b) => a.agencyName.localeCompare(b.agencyName));
}

/**
 * Goes on in another agency of the caller's: a session opens there, and the one here ends. The new one lasts no longer than
 * the old one would have, since nothing was proven anew.
 * @throws AppError forbidden (locked, or no console), not_found without a place there, rule_broken (current)
 */
export async function switchAgency(
  ctx: Ctx,
  device: Pick<Visitor, "network" | "userAgent" | "deviceToken">,
  { agencyId }: z.output<typeof SwitchAgencyInput>,
): Promise<StartedSession> {
  const person = personOf(ctx);
  if (isLocked(person) || person.source !== "console") throw new AppError("forbidden", "unlock this console first");
  if (agencyId === person.agencyId) throw ruleBroken("agencyId", "current", "you are in this agency");
  const { accountId, sessionId } = person;
  const place = (await placesOf(ctx.db, accountId)).find((one) => one.agencyId === agencyId);
  if (!place) throw notFound("agency");
  const before = await read(ctx, (tx) => sessionById(tx, person.agencyId, sessionId));
  if (!before || before.revokedAt) throw new AppError("unauthenticated", "this session has ended");
  const { db, now, requestId } = ctx;
  const visitor = { db, now, requestId, ...device };
  const proven = { accountId, place, hasSecondFactor: before.mfaAt !== null };
  const started = await startSession(visitor, proven, "console", before.expiresAt);
  await signOut(ctx, "switched");
  return started;
}
