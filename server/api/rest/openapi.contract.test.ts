import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { FORMATS } from "@/server/domain/gps/formats";
import { PERMISSIONS } from "@/server/domain/people/permissions";
import { openApiDocument } from "./openapi";
import { routes } from "./registry";

type Operation = {
  summary: string;
  responses: object;
  parameters?: { name: string; in: string; required?: boolean }[];
};
const document = openApiDocument(routes);
const paths = document.paths as Record<string, Record<string, Operation>>;
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
/** For the console alone, or the document itself. */
const NOT_FOR_CLIENTS = /^\/(api\/(auth|trpc|docs|openapi\.json)|tiles)\b/;

test("the document is OpenAPI 3.1 and every reference in it leads somewhere", () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  const text = JSON.stringify(document);
  const schemas = document.components?.schemas ?? {};
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    expect(schemas).toHaveProperty(name ?? "");
  }
  expect(text).not.toMatch(/"\$ref":"(?!#\/components\/)/);
});

test("every route of the registry is listed with what it answers and who may", () => {
  for (const route of routes) {
    const operation = paths[`/api/v1${route.path}`]?.[route.method.toLowerCase()];
    expect(operation, `${route.method} ${route.path}`).toMatchObject({ summary: route.summary });
    expect(Object.keys(operation?.responses ?? {})).toEqual([String(route.status ?? 200), "default"]);
  }
});

test("an operation names the parameters of its path, all required", () => {
  for (const { path, operation } of operations) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const named = (operation.parameters ?? []).filter((one) => one.in === "path");
    expect(named.map(({ name }) => name)).toEqual(wanted);
    expect(named.every(({ required }) => required)).toBe(true);
  }
});

test("every way in for GPS and every route file for outside callers is listed", () => {
  for (const format of Object.keys(FORMATS)) {
    expect(paths).toHaveProperty([format === "native" ? "/api/v1/positions" : `/api/v1/ingest/${format}`]);
  }
  const files = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("/route.ts"))
    .map((file) => `/${file.slice(0, -"/route.ts".length)}`);
  const outside = files.filter((path) => !NOT_FOR_CLIENTS.test(path) && !path.includes("[..."));
  expect(outside.length).toBeGreaterThan(5);
  for (const path of outside) expect(paths).toHaveProperty([path.replaceAll(/\[(\w+)\]/g, "{$1}")]);
});

test("every permission that a route names is in the table, and no route is without one", () => {
  for (const { permission } of routes) {
    if (permission !== "public") expect(PERMISSIONS).toHaveProperty([permission]);
  }
});
