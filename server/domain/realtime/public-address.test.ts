import { expect, test } from "vitest";
import { publicAddress } from "./public-address";

const none = { PUSHER_TLS: false };
const plain = { host: "127.0.0.1:3000", isHttps: false };

test("the embedded server is reached where the page is", () => {
  expect(publicAddress({ ...none }, plain)).toEqual({ host: "127.0.0.1", port: 3000, tls: false });
  expect(publicAddress({ ...none }, { host: "desk.example", isHttps: true })).toEqual({
    host: "desk.example",
    port: 443,
    tls: true,
  });
  expect(publicAddress({ ...none, PUBLIC_URL: "https://desk.example" }, plain)).toMatchObject({ port: 443 });
});

test("another server is reached at its own address, or at its public one", () => {
  const soketi = { PUSHER_HOST: "soketi", PUSHER_PORT: 6001, ...none };
  expect(publicAddress(soketi, plain)).toEqual({ host: "soketi", port: 6001, tls: false });
  const outside = { PUSHER_PUBLIC_HOST: "ws.example", PUSHER_PUBLIC_PORT: 443, PUSHER_PUBLIC_TLS: true };
  expect(publicAddress({ ...soketi, ...outside }, plain)).toEqual({ host: "ws.example", port: 443, tls: true });
});
