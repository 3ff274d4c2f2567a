import { expect, test } from "vitest";
import { browserName } from "./browser-name";

test("browsers are called what people call them, scripts by their first word", () => {
  const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
  expect(browserName(chrome)).toBe("Chrome on Linux");
  expect(browserName(`${chrome} Edg/140.0`)).toBe("Edge on Linux");
  expect(browserName("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1")).toBe(
    "Safari on iPhone",
  );
  expect(browserName("curl/8.5.0")).toBe("curl");
  expect(browserName(null)).toBe("Unknown");
});
