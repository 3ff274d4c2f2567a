import { expect, test } from "vitest";
import { newId } from "@/server/ids";
import { readSessionToken, signSessionToken } from "./session-tokens";

const NOON = new Date("2027-03-03T12:00:00Z");
const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

test("a token that was read before is refused once its time has passed", async () => {
  const sid = newId();
  const token = await signSessionToken("console-cookie", sid, after(10));
  expect(await readSessionToken("console-cookie", token, NOON)).toBe(sid);
  expect(await readSessionToken("console-cookie", token, after(9))).toBe(sid);
  expect(await readSessionToken("console-cookie", token, after(10))).toBeNull();
});

test("a token that was read as a cookie is no access token, and a forged one is nothing", async () => {
  const token = await signSessionToken("console-cookie", newId(), after(10));
  expect(await readSessionToken("console-cookie", token, NOON)).not.toBeNull();
  expect(await readSessionToken("access-token", token, NOON)).toBeNull();
  expect(await readSessionToken("console-cookie", `${token}x`, NOON)).toBeNull();
  expect(await readSessionToken("console-cookie", "", NOON)).toBeNull();
});
