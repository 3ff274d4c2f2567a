import { expect, test } from "vitest";
import type { Actor } from "@/server/context";
import { isAllowedWhileLocked, PERMISSIONS, type Permission } from "@/server/domain/people/permissions";
import { riderVisibilityOfRole, visibilityOf } from "./present-trip";

const person = (roles: ("dispatcher" | "crew")[], locked: boolean): Actor => ({
  kind: "user",
  agencyId: "a",
  userId: "u",
  accountId: "c",
  sessionId: "s",
  roles,
  source: "console",
  ...(locked && { locked }),
});

test("a locked console sees nothing of a rider, whoever sits at it", () => {
  const now = new Date(0);
  expect(visibilityOf({ assignments: [] }, person(["dispatcher"], false), now)).toBe("full");
  expect(visibilityOf({ assignments: [] }, person(["dispatcher"], true), now)).toBe("none");
  expect(riderVisibilityOfRole(person(["crew"], true))).toBe("none");
});

test("it may look, and change nothing", () => {
  const allowed = (Object.keys(PERMISSIONS) as Permission[]).filter(isAllowedWhileLocked);
  expect(allowed).toContain("trips.read");
  expect(allowed).not.toContain("riders.read");
  expect(allowed.filter((permission) => !/\.(read|connect)$/.test(permission))).toEqual([]);
});
