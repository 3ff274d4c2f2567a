import { expect, test } from "vitest";
import { compileRoutes } from "./match";
import { defineRoute } from "./route";

const route = (method: "GET" | "POST" | "PATCH", path: `/${string}`) =>
  defineRoute({ method, path, summary: "", permission: "me.read", run: async () => null });
const match = compileRoutes([
  route("GET", "/vehicles/{id}"),
  route("PATCH", "/vehicles/{id}"),
  route("GET", "/vehicles/nearby"),
]);

test("a literal path wins over a parameter", () => {
  expect(match("GET", "/vehicles/nearby")).toMatchObject({ template: "/vehicles/nearby" });
  expect(match("GET", "/vehicles/7")).toMatchObject({ template: "/vehicles/{id}", params: { id: "7" } });
});
test("a trailing slash is tolerated", () => {
  expect(match("GET", "/vehicles/7/")).toMatchObject({ kind: "route", params: { id: "7" } });
});
test("another method on a known path names what it takes", () => {
  expect(match("DELETE", "/vehicles/7")).toMatchObject({ kind: "method", allow: ["GET", "PATCH"] });
});
test("an unknown path matches nothing", () => {
  expect(match("GET", "/nothing/here")).toEqual({ kind: "none" });
});
test("two routes of one method and path are refused", () => {
  expect(() => compileRoutes([route("GET", "/a"), route("GET", "/a")])).toThrow("two routes");
});
