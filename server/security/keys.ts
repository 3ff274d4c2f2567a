import "server-only";
import { env } from "@/server/env";
import { singleton } from "@/server/singleton";
import * as blind from "./blind-index";
import { decrypt, encrypt, type Place, parsePatientKeys } from "./patient-data";

const keys = () =>
  singleton("patient-keys", () => ({
    patient: parsePatientKeys(env().PHI_KEYS),
    blind: Buffer.from(env().BLIND_INDEX_KEY, "base64"),
  }));

/** Encrypts patient data for one column of one row; null and empty stay null. */
export const seal = (place: Place, plain: string | null | undefined): string | null =>
  plain ? encrypt(keys().patient, place, plain) : null;

/** Opens what `seal` made for the same place. */
export const open = (place: Place, sealed: string | null): string | null =>
  sealed === null ? null : decrypt(keys().patient, place, sealed);

export const nameTokens = (agencyId: string, name: string) => blind.nameTokens(keys().blind, agencyId, name);
export const nameQueryTokens = (agencyId: string, query: string) =>
  blind.nameQueryTokens(keys().blind, agencyId, query);
export const phoneToken = (agencyId: string, phone: string) => blind.phoneToken(keys().blind, agencyId, phone);
