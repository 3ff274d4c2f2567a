import { expect, test } from "vitest";
import { readJsonBody } from "@/server/api/rest/kit/parse";
import { readAuthorizationRequest } from "@/server/services/realtime/authorization-wire";
import { readLimited } from "./read-limited";

const KB = 1_024;

/** A body without a declared length that goes on for as long as somebody reads it. */
function endless(type = "application/json") {
  const sent = { bytes: 0 };
  const body = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(64 * KB).fill(32));
      sent.bytes += 64 * KB;
      // What does not stop by itself fails the test instead of filling the memory.
      if (sent.bytes > 64 * KB * KB) controller.error(new Error("read on and on"));
    },
  });
  const headers = { "content-type": type };
  return {
    sent,
    request: new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit),
  };
}

test("a body is read to its end, and no further than its limit", async () => {
  const post = (body: string) => new Request("http://localhost/", { method: "POST", body });
  expect((await readLimited(post("Łódź"), 7))?.toString()).toBe("Łódź");
  expect(await readLimited(post("Łódź"), 6)).toBeNull();
  expect((await readLimited(new Request("http://localhost/"), 0))?.length).toBe(0);
  const { request, sent } = endless();
  expect(await readLimited(request, 100 * KB)).toBeNull();
  expect(sent.bytes).toBeLessThan(KB * KB);
});

test("neither the API nor the channel authorization reads on past its limit", async () => {
  await expect(readJsonBody(endless().request)).rejects.toMatchObject({ code: "too_large" });
  await expect(readAuthorizationRequest(endless().request)).rejects.toMatchObject({ code: "too_large" });
});
