import { expect, test } from "vitest";
import { inAgency } from "@/db/client";
import { announceRevocation } from "@/db/queries/auth";
import { useTestDatabase } from "@/db/testing/database";
import { newId } from "@/server/ids";
import { remembered } from "./auth-cache";
import { followRevocations } from "./revocations";

const database = useTestDatabase();

test("a revocation that commits elsewhere clears what this process remembers; one that rolls back does not", async () => {
  const stop = await followRevocations(database.urls.app);
  const agencyId = newId();
  const look = (answer: string) => remembered("session:x", async () => ({ answer }));
  try {
    expect(await look("first")).toEqual({ answer: "first" });
    const rolledBack = inAgency(database.db, { agencyId }, async (tx) => {
      await announceRevocation(tx);
      throw new Error("undone");
    });
    await expect(rolledBack).rejects.toThrow("undone");
    expect(await look("second")).toEqual({ answer: "first" });
    await inAgency(database.db, { agencyId }, announceRevocation);
    await expect.poll(() => look("third"), { timeout: 2_000, interval: 20 }).toEqual({ answer: "third" });
  } finally {
    await stop();
  }
});

test("an answer that was on its way while the cache was cleared is not remembered", async () => {
  const { clearAuthCache } = await import("./auth-cache");
  const key = `session:${newId()}`;
  const slow = remembered(key, async () => {
    clearAuthCache();
    return { answer: "old" };
  });
  expect(await slow).toEqual({ answer: "old" });
  expect(await remembered(key, async () => ({ answer: "new" }))).toEqual({ answer: "new" });
});
