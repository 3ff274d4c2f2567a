import { expect, test } from "vitest";
import { errorOf, ownNetwork, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { aPerson, PASSWORD } from "@/db/testing/people";
import { type Answer, useRest } from "@/db/testing/rest";

const database = useTestDatabase();
const call = useRest(database);
const { aWorkingAgency } = useCallers(database);

test("a network that looks for paths that are none, or for methods, is slowed down; who signed in is not", async () => {
  const headers = ownNetwork();
  const seen = new Set<number>();
  for (let i = 0; i < 70; i++)
    seen.add((await call(i % 2 ? "GET" : "PUT", i % 2 ? "/nope" : "/me", { headers })).status);
  expect([...seen].toSorted((a, b) => a - b)).toEqual([404, 405, 429]);
  const { dispatch } = await aWorkingAgency();
  const answers = new Set<number>();
  for (let i = 0; i < 70; i++) answers.add((await dispatch("GET", "/nope", undefined, headers)).status);
  expect([...answers]).toEqual([404]);
});

test("a device token of a caller's own choice is refused by its name, and no session is opened", async () => {
  const person = await aPerson(database.owner);
  const signIn = (token: string): Promise<Answer> =>
    call("POST", "/auth/login", {
      body: { email: person.email, password: PASSWORD },
      headers: { ...ownNetwork(), "x-device-token": token },
    });
  for (const token of ["a", "my-phone", "x".repeat(44), "x".repeat(10_000)]) {
    const answer = await signIn(token);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).reasons).toMatchObject([{ path: "X-Device-Token" }]);
  }
  expect(await database.sql`select id from sessions where account_id = ${person.accountId}`).toEqual([]);
  const ours = (
    await call("POST", "/auth/login", { body: { email: person.email, password: PASSWORD }, headers: ownNetwork() })
  ).headers.get("x-device-token");
  expect((await signIn(ours ?? "")).headers.get("x-device-token")).toBe(ours);
});
