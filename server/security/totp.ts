import "server-only";
import { randomInt } from "node:crypto";
import { generateSecret, generateURI, verifySync } from "otplib";

const ISSUER = "Runboard";
const RECOVERY_CODES = 10;
/** Without letters and digits that look alike. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

export const newTotpSecret = (): string => generateSecret();

/** What the QR code says to an authenticator app (RFC 6238, 6 digits, 30 s, SHA-1: what every app understands). */
export const totpUri = (secret: string, email: string): string => generateURI({ issuer: ISSUER, label: email, secret });

/**
 * Checks a code against the present step and its neighbours.
 * @param afterStep - the step of the last code that was used; it and older ones are refused
 * @returns the step of the code, null when it does not fit
 */
export function totpStep(secret: string, code: string, now: Date, afterStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const used = afterStep === null ? {} : { afterTimeStep: afterStep };
  const result = verifySync({ secret, token: code, epoch, epochTolerance: 30, ...used });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/** Ten codes of 49 bits, as `abcde-fghjk`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from({ length: 10 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
    return `${letters.slice(0, 5)}-${letters.slice(5)}`;
  });

/** A recovery code as it is compared: however it was typed. */
export const normaliseRecoveryCode = (code: string): string => code.toLowerCase().replace(/[^a-z0-9]/g, "");
