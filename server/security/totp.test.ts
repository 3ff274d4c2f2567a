import { generateSync } from "otplib";
import { expect, test } from "vitest";
import { newRecoveryCodes, newTotpSecret, normaliseRecoveryCode, totpStep, totpUri } from "./totp";

const now = new Date("2030-05-01T12:00:10Z");
const at = (seconds: number) => Math.floor(now.getTime() / 1000) + seconds;

test("a code fits in its own step and the neighbouring ones, once", () => {
  const secret = newTotpSecret();
  const step = totpStep(secret, generateSync({ secret, epoch: at(0) }), now, null);
  expect(step).toBe(Math.floor(at(0) / 30));
  expect(totpStep(secret, generateSync({ secret, epoch: at(-30) }), now, null)).toBe(Math.floor(at(-30) / 30));
  expect(totpStep(secret, generateSync({ secret, epoch: at(-90) }), now, null)).toBeNull();
  expect(totpStep(secret, generateSync({ secret, epoch: at(0) }), now, step)).toBeNull();
});

test("the reference value of RFC 6238 at 59 s is accepted", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  expect(totpStep(secret, "287082", new Date(59_000), null)).toBe(1);
});

test("what is not six digits is refused without a look", () => {
  for (const code of ["", "12345", "1234567", "abcdef", "１２３４５６"]) {
    expect(totpStep(newTotpSecret(), code, now, null)).toBeNull();
  }
});

test("the address in the QR code names the product and the account", () => {
  expect(totpUri("ABC", "a@b.test")).toMatch(/^otpauth:\/\/totp\/Runboard:a(%40|@)b\.test\?/);
});

test("recovery codes differ, and are compared however they are typed", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  const [code = ""] = codes;
  expect(normaliseRecoveryCode(` ${code.toUpperCase().replace("-", " ")}`)).toBe(normaliseRecoveryCode(code));
});
