import { expect, test } from "vitest";
import { readServerConfig } from "./config";

const STRONG = "k3J9v0Qz7mWc2LxT8bNf5RgY1hDs6PaE";
const base = { PUSHER_APP_ID: "app", PUSHER_KEY: "key", PUSHER_SECRET: STRONG, REALTIME_PORT: "6001" };

test("the server listens on loopback unless told otherwise, and there a short secret is nobody's risk", () => {
  expect(readServerConfig({ ...base, PUSHER_SECRET: "short" })).toMatchObject({ host: "127.0.0.1", port: 6001 });
});

test("a default or weak secret is refused beyond loopback, without being told", () => {
  for (const PUSHER_SECRET of ["secret1", `change-me-${STRONG}`, "a".repeat(40)]) {
    const read = () => readServerConfig({ ...base, HOST: "0.0.0.0", PUSHER_SECRET });
    expect(read).toThrow(/PUSHER_SECRET/);
    expect(read).not.toThrow(new RegExp(PUSHER_SECRET));
  }
  expect(readServerConfig({ ...base, HOST: "0.0.0.0" }).host).toBe("0.0.0.0");
});

test("REALTIME_HOST wins over the web server's HOST", () => {
  expect(readServerConfig({ ...base, HOST: "0.0.0.0", REALTIME_HOST: "127.0.0.1" }).host).toBe("127.0.0.1");
});

test("the app that allows client events exists only when asked for", () => {
  expect(readServerConfig(base).apps).toMatchObject([{ id: "app", allowsClientEvents: false }]);
  expect(readServerConfig({ ...base, REALTIME_CHECK_APP: "1" }).apps).toMatchObject([
    { id: "app", allowsClientEvents: false },
    { id: "app-check", key: "key-check", allowsClientEvents: true },
  ]);
});

test("what is missing is named in one line", () => {
  expect(() => readServerConfig({ PUSHER_KEY: "key" })).toThrow(/PUSHER_APP_ID.*PUSHER_SECRET/);
});

test("proxies count on loopback, elsewhere only when named", () => {
  expect(readServerConfig(base).trustedProxies).toContain("127.0.0.0/8");
  expect(
    readServerConfig({ ...base, HOST: "0.0.0.0", TRUSTED_PROXIES: "10.0.0.0/8, 10.1.1.1" }).trustedProxies,
  ).toEqual(["10.0.0.0/8", "10.1.1.1"]);
});
