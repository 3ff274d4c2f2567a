import { expect, test } from "vitest";
import { authorizationAnswer, readAuthorizationRequest } from "./authorization-wire";

const post = (body: string | URLSearchParams, type?: string) =>
  readAuthorizationRequest(
    new Request("http://localhost/api/realtime/auth", {
      method: "POST",
      body,
      headers: type ? { "content-type": type } : {},
    }),
  );
const expected = (channels: string[], isBatch: boolean) => ({ input: { socketId: "1.2", channels }, isBatch });

test("a form and JSON are read, single and batch in each spelling", async () => {
  expect(await post(new URLSearchParams("socket_id=1.2&channel_name=a"))).toEqual(expected(["a"], false));
  expect(await post(new URLSearchParams("socket_id=1.2&channel_name[]=a&channel_name[]=b"))).toEqual(
    expected(["a", "b"], true),
  );
  expect(await post(new URLSearchParams("socket_id=1.2&channel_name[0]=a&channel_name[1]=b"))).toEqual(
    expected(["a", "b"], true),
  );
  expect(await post(new URLSearchParams("socket_id=1.2"))).toEqual(expected([], false));
  const json = "application/json; charset=utf-8";
  expect(await post('{"socket_id":"1.2","channel_name":"a"}', json)).toEqual(expected(["a"], false));
  expect(await post('{"socket_id":"1.2","channel_name":["a","b"]}', json)).toEqual(expected(["a", "b"], true));
  expect(await post('{"socket_id":"1.2","channel_name[]":["a"]}', json)).toEqual(expected(["a"], true));
});

test.each([
  "{nope",
  "[]",
  "null",
  "{}",
  '{"socket_id":7,"channel_name":"a"}',
  '{"socket_id":"1.2:x","channel_name":"a"}',
  '{"socket_id":"1.2","channel_name":[1]}',
])("%s is invalid", async (body) => {
  await expect(post(body, "application/json")).rejects.toMatchObject({ code: "invalid" });
});

test("the answer is one signature, the person's, or one of each channel with its status", () => {
  const user = { auth: "key:u", user_data: "{}" };
  const channels = new Map([
    ["a", { auth: "key:a" }],
    ["b", null],
  ] as const);
  expect(authorizationAnswer({ channels: new Map(), user }, false)).toEqual(user);
  expect(authorizationAnswer({ channels: new Map([["a", { auth: "key:a" }]]), user }, false)).toEqual({
    auth: "key:a",
  });
  expect(authorizationAnswer({ channels, user }, true)).toEqual({
    a: { status: 200, data: { auth: "key:a" }, auth: "key:a" },
    b: { status: 403 },
  });
});
