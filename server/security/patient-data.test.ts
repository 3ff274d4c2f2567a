import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { nameQueryTokens, nameTokens, phoneToken } from "./blind-index";
import { decrypt, encrypt, parsePatientKeys } from "./patient-data";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const place = { table: "trips", column: "rider_name_enc", rowId: "r1" };

describe("patient data", () => {
  test("what was sealed opens at the same place and shows nothing of itself", () => {
    const keys = parsePatientKeys(key("k1"));
    const sealed = encrypt(keys, place, "Ada Lovelace");
    expect(sealed).not.toContain("Ada");
    expect(decrypt(keys, place, sealed)).toBe("Ada Lovelace");
  });
  test("a ciphertext moved to another row or column does not open", () => {
    const keys = parsePatientKeys(key("k1"));
    const sealed = encrypt(keys, place, "Ada Lovelace");
    expect(() => decrypt(keys, { ...place, rowId: "r2" }, sealed)).toThrow();
    expect(() => decrypt(keys, { ...place, column: "rider_phone_enc" }, sealed)).toThrow();
  });
  test("a new key encrypts while the old one still opens", () => {
    const old = key("k1");
    const sealed = encrypt(parsePatientKeys(old), place, "Ada");
    const rotated = parsePatientKeys(`${key("k2")},${old}`);
    expect(decrypt(rotated, place, sealed)).toBe("Ada");
    expect(encrypt(rotated, place, "Ada")).toContain("v1.k2.");
  });
  test("a key of the wrong size is refused", () => {
    expect(() => parsePatientKeys(`k1:${Buffer.alloc(16).toString("base64")}`)).toThrow("32 bytes");
  });
});

describe("blind index", () => {
  const secret = randomBytes(32);
  test("a prefix, a whole word and any accent or case find the name; another agency's token does not", () => {
    const stored = nameTokens(secret, "a1", "María Fernandez-Oconnell");
    for (const query of ["mar", "MARIA", "fernandez", "ocon maria"]) {
      expect(nameQueryTokens(secret, "a1", query).every((token) => stored.includes(token))).toBe(true);
    }
    expect(nameQueryTokens(secret, "a2", "maria").some((token) => stored.includes(token))).toBe(false);
  });
  test("a phone matches however it is written", () => {
    expect(phoneToken(secret, "a1", "+1 (309) 555-0142")).toBe(phoneToken(secret, "a1", "3095550142"));
  });
});
