import { expect, test } from "vitest";
import { limitedBody } from "./limited-body";

const post = (body: BodyInit) =>
  new Request("http://127.0.0.1/api/auth/callback/credentials", {
    method: "POST",
    body,
    duplex: "half",
  } as RequestInit);

/** A body without a declared length that never ends; `pulled` counts what was asked of it. */
function endless() {
  const count = { pulled: 0 };
  const stream = new ReadableStream({
    pull: (controller) => {
      count.pulled += 1;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  return { count, stream };
}

test("a body within the limit comes through unchanged", async () => {
  const body = await limitedBody(post("email=a&password=ü"), 100);
  expect(new TextDecoder().decode(body as ArrayBuffer)).toBe("email=a&password=ü");
});

test("a larger one is 413 in the shape of all errors, declared or not, and an endless one is not read to its end", async () => {
  const { count, stream } = endless();
  for (const request of [post("x".repeat(101)), post(stream)]) {
    const answer = await limitedBody(request, 100);
    if (!(answer instanceof Response)) throw new Error("was read");
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: "too_large" } });
  }
  expect(count.pulled).toBeLessThan(5);
});
