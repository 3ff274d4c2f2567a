import "server-only";
import type { Tx } from "@/db/client";
import { insertRider, riderById, ridersByTokens } from "@/db/queries/riders";
import type { Ctx } from "@/server/context";
import type { Level } from "@/server/domain/trips/vocabulary";
import { ruleBroken } from "@/server/errors";
import { newId } from "@/server/ids";
import { normalisedWords } from "@/server/security/blind-index";
import { nameTokens, open, phoneToken, seal } from "@/server/security/keys";
import { personOf } from "./trip-work";

export type RiderInput = {
  riderId?: string | null | undefined;
  riderName?: string | null | undefined;
  riderPhone?: string | null | undefined;
  unknownRider?: boolean | undefined;
  level: Level;
};
export type RiderOfTrip = { riderId: string | null; name: string | null; phone: string | null; unknownRider: boolean };

const placeOf = (column: "name_enc" | "phone_enc", rowId: string) => ({ table: "riders", column, rowId });
const sameName = (a: string, b: string) => normalisedWords(a).join(" ") === normalisedWords(b).join(" ");

/**
 * Who rides: a known rider by id; a name with a phone number, which is remembered for the next call; or nobody known yet.
 * @throws AppError rule_broken when the id is not a rider of this agency
 */
export async function riderOf(tx: Tx, ctx: Ctx, input: RiderInput): Promise<RiderOfTrip> {
  const { agencyId } = ctx.actor;
  const name = input.riderName ?? null;
  const phone = input.riderPhone ?? null;
  if (input.riderId) {
    const rider = await riderById(tx, agencyId, input.riderId);
    if (!rider) throw ruleBroken("riderId", "unknown", "there is no such rider");
    return {
      riderId: rider.id,
      name: name ?? open(placeOf("name_enc", rider.id), rider.nameEnc),
      phone: phone ?? open(placeOf("phone_enc", rider.id), rider.phoneEnc),
      unknownRider: false,
    };
  }
  if (name === null) return { riderId: null, name, phone, unknownRider: input.unknownRider ?? true };
  return { riderId: await rememberedRider(tx, ctx, name, phone, input.level), name, phone, unknownRider: false };
}

/** The rider with this name and number, made when new; null without a number, since names alone are not unique. */
async function rememberedRider(tx: Tx, ctx: Ctx, name: string, phone: string | null, level: Level) {
  const { agencyId } = ctx.actor;
  const token = phone === null ? null : phoneToken(agencyId, phone);
  if (token === null) return null;
  const known = await ridersByTokens(tx, agencyId, { phoneToken: token, limit: 20 });
  const same = known.find((row) => sameName(open(placeOf("name_enc", row.id), row.nameEnc) ?? "", name));
  if (same) return same.id;
  const id = newId();
  const nameEnc = seal(placeOf("name_enc", id), name);
  if (nameEnc === null) return null;
  await insertRider(tx, {
    agencyId,
    id,
    nameEnc,
    phoneEnc: seal(placeOf("phone_enc", id), phone),
    nameTokens: nameTokens(agencyId, name),
    phoneToken: token,
    defaultLevel: level,
    createdBy: personOf(ctx),
  });
  return id;
}
