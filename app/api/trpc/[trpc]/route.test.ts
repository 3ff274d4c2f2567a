import { expect, test } from "vitest";
import { POST } from "./route";

const post = (body: string, headers: Record<string, string> = {}) =>
  POST(
    new Request("http://console.test/api/trpc/session.touch", {
      method: "POST",
      body,
      headers: { host: "console.test", "content-type": "application/json", ...headers },
    }),
  );

test("a console's request is answered in tRPC's words, with its body read once and no further than its limit", async () => {
  const foreign = await post("{}", { origin: "http://elsewhere.test" });
  expect([foreign.status, await foreign.json()]).toMatchObject([403, { error: { data: { appCode: "forbidden" } } }]);
  expect((await post(" ".repeat(6_000_001))).status).toBe(413);
});
