import { expect, test, vi } from "vitest";
import { log } from "@/server/log";
import { report } from "./report";

test("an error is logged by kind and code, and nothing that it carries", () => {
  const written = vi.spyOn(log(), "error").mockImplementation(() => undefined);
  const error = Object.assign(new Error("ws://host/app/key?auth=SECRET"), {
    code: "ECONNRESET",
    frame: "Ada Lovelace",
  });
  report("realtime server: unexpected error")(error);
  expect(written).toHaveBeenCalledWith(
    expect.objectContaining({ error: "Error", cause: "ECONNRESET" }),
    "realtime server: unexpected error",
  );
  expect(JSON.stringify(written.mock.calls)).not.toMatch(/SECRET|Ada/);
  written.mockRestore();
});
