import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { errorOf, ownNetwork, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import type { Answer } from "@/db/testing/rest";
import { isAllowed, ROLES } from "@/server/domain/people/permissions";
import { HTTP_STATUS } from "@/server/errors";
import { newId } from "@/server/ids";
import type { Route } from "./kit/route";
import { routes } from "./registry";

const database = useTestDatabase();
const { anybody, aCaller, aWorkingAgency } = useCallers(database);

/** Per route, with a body of random fields and with one of its own fields spoilt. */
const RUNS = 40;
const STATUSES = new Set<number>([...Object.values(HTTP_STATUS), 200, 201, 202, 204]);
/** What a driver, a stack or a configuration would say. */
const TELLTALES =
  /(\bat \/|\bat \w+ \(|node_modules|\.ts:\d|postgres(ql)?:|select .* from|insert into|\bconstraint\b|relation "|syntax error|duplicate key|SQLSTATE|argon2|PHI_KEYS|AUTH_SECRET|test-only-)/i;

/** Anything JSON can say, and much that no schema expects. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    "",
    "\u0000",
    "\ud800",
    "' or 1=1 --",
    "<script>alert(1)</script>",
    "9".repeat(40),
    -1,
    1e308,
    2 ** 53,
    "2027-02-30T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    newId(),
    "00000000-0000-0000-0000-000000000000",
    [],
    {},
    { __proto__: { admin: true } },
    [[[[]]]],
    "x".repeat(3_000),
  ),
);

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A route's schema as JSON Schema, everything in its place. */
const jsonSchemaOf = (schema: z.ZodType | undefined): JsonSchema => {
  if (!schema) return {};
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const inline = (_: string, value: unknown): unknown => {
    const { $ref } = (value ?? {}) as { $ref?: unknown };
    return typeof $ref === "string" && $ref.startsWith("#/$defs/") ? $defs[$ref.slice("#/$defs/".length)] : value;
  };
  return JSON.parse(JSON.stringify(root, inline)) as JsonSchema;
};
const fieldsOf = (schema: JsonSchema): string[] => Object.keys(schema.properties ?? {});

const TEXTS = fc.constantFrom(
  "a",
  "A b",
  "' or 1=1 --",
  "<b>",
  "😀",
  "Ω".repeat(30),
  "1e9",
  "2027-02-28",
  "12",
  "\\",
  "%_",
  "a@b.example",
);
const MOMENTS = fc.constantFrom(
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "1969-12-31T23:59:59Z",
  "2027-03-14T02:30:00-06:00",
  new Date().toISOString(),
  new Date(Date.now() + 3_600_000).toISOString(),
);
const NUMBERS = fc.oneof(fc.integer({ min: -3, max: 200 }), fc.double({ noNaN: true }), fc.constantFrom(2 ** 31, 1e15));

/** Numbers within the bounds mostly: a version is 1 more often than not. */
function numbers({ type, minimum = -200, maximum = 200 }: JsonSchema): fc.Arbitrary<number> {
  const inside = fc.double({ noNaN: true, min: Math.max(minimum, -1e6), max: Math.min(maximum, 1e6) });
  const any = fc.oneof(
    { weight: 4, arbitrary: fc.constant(Math.max(minimum, 1)) },
    { weight: 4, arbitrary: inside },
    NUMBERS,
  );
  return type === "integer" ? any.map(Math.round) : any;
}

/** Values that a schema takes, or nearly: they get past the edge, to the rules and to the database. */
function fitting(schema: JsonSchema, ids: string[]): fc.Arbitrary<unknown> {
  const { anyOf, type, format } = schema;
  if (schema.enum) return fc.constantFrom<unknown>(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (anyOf) return fc.oneof(...anyOf.map((one) => fitting(one as JsonSchema, ids)));
  if (format === "uuid") return fc.constantFrom(...ids, newId());
  if (format === "date-time") return MOMENTS;
  if (type === "string") return TEXTS;
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (format === "email") return fc.nat(9_999).map((n) => `fuzz-${n}@example.test`);
  if (type === "number" || type === "integer") return numbers(schema);
  if (type === "array") return fc.array(fitting((schema.items ?? {}) as JsonSchema, ids), { maxLength: 3 });
  if (type !== "object") return fc.oneof(MOMENTS, TEXTS);
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fitting(one as JsonSchema, ids)]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: (schema.required ?? []) as never[] });
}

function bodyOf(route: Route, ids: string[]) {
  const schema = jsonSchemaOf(route.body);
  const names = fieldsOf(schema);
  const spoilt = fc.dictionary(names.length > 0 ? fc.constantFrom(...names) : fc.string(), anything, { maxKeys: 4 });
  const nearly = fc.tuple(fitting(schema, ids), spoilt).map(([fit, bad]) => ({ ...(fit as object), ...bad }));
  const objects = fc.oneof({ weight: 3, arbitrary: fitting(schema, ids) }, nearly, spoilt, anything);
  return fc.oneof({ weight: 9, arbitrary: objects.map((value) => JSON.stringify(value) ?? "") }, fc.string());
}
/** No query mostly, else one that the schema takes, or a strange one. */
function queryOf(route: Route, ids: string[]): fc.Arbitrary<string> {
  const schema = jsonSchemaOf(route.query);
  const fit = fitting({ ...schema, type: "object" }, ids).map((value) => Object.entries(value as object));
  const names = fc.oneof(fc.constantFrom("limit", "cursor", "from", "to", ...fieldsOf(schema)), fc.string());
  const values = fc.oneof(fc.string(), fc.constantFrom("201", "-1", "NaN", "2027-02-30", "%", "9".repeat(400), "all"));
  const strange = fc.array(fc.tuple(names, values), { maxLength: 3 });
  const pairs = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fit }, strange);
  return pairs.map((all) => new URLSearchParams(all.map(([name, value]) => [name, String(value)])).toString());
}

function expectDocumented(route: Route, answer: Answer) {
  const where = `${route.method} ${route.path} ${answer.status}`;
  expect(STATUSES.has(answer.status), where).toBe(true);
  if (answer.status < 400) return;
  const { code, message, reasons } = errorOf(answer);
  expect(Object.keys(answer.body as object), where).toEqual(["error"]);
  expect(HTTP_STATUS, where).toHaveProperty(code, answer.status);
  expect([typeof message, Array.isArray(reasons)], where).toEqual(["string", true]);
  for (const reason of reasons) {
    expect({ ...reason, current: 0 }, where).toEqual(
      reason.path === undefined
        ? { code: expect.any(String), message: expect.any(String), current: 0 }
        : { path: expect.any(String), code: expect.any(String), message: expect.any(String), current: 0 },
    );
  }
  // A stale version brings the row itself, which is the caller's own to read.
  expect(JSON.stringify({ code, message, reasons: reasons.map((reason) => ({ ...reason, current: 0 })) })).not.toMatch(
    TELLTALES,
  );
}

/** A fresh caller for each route who may use it, so that no limit answers in its stead, and rows to speak of. */
async function aTarget(route: Route) {
  const scene = await aWorkingAgency();
  const { permission } = route;
  const role = ROLES.find((one) => permission === "public" || isAllowed(permission, { roles: [one] }));
  const { call } = permission === "public" ? { call: anybody } : await aCaller(scene.agencyId, [role ?? "admin"]);
  const { id: tripId } = rowOf(
    await scene.dispatch("POST", "/trips", { level: "wheelchair", pickup: { lat: 40.6, lon: -89.4 } }),
  );
  const made = async (path: string, body: object) => rowOf(await scene.admin("POST", path, body)).id;
  const areas: Record<string, string | undefined> = {
    trips: tripId,
    shifts: scene.shift.id,
    vehicles: scene.vehicle.id,
    users: scene.driver.person.id,
    bases: await made("/bases", { name: "North", lat: 40.6, lon: -89.4 }),
    facilities: await made("/facilities", { name: "St. Mary", lat: 40.6, lon: -89.4 }),
    devices: await made("/devices", { label: "Phone", vehicleId: scene.vehicle.id }),
    "api-keys": await made("/api-keys", { name: "Partner", scopes: ["fleet:read"] }),
  };
  const ids = Object.values(areas).filter((id) => id !== undefined);
  return { call, ids, id: areas[route.path.split("/")[1] ?? ""] ?? newId() };
}

test("whatever is sent to whatever route, the answer is a documented one that gives nothing away", async () => {
  // A sign-out would end the session of the test's own caller.
  for (const route of routes.filter(({ path }) => path !== "/auth/logout")) {
    const target = await aTarget(route);
    const odd = fc.constantFrom(newId(), "7", "%00", "a'b", "%ff", "..%2f");
    const id = fc.oneof({ weight: 6, arbitrary: fc.constant(target.id) }, odd);
    const sent = fc.record({ id, query: queryOf(route, target.ids), body: bodyOf(route, target.ids) });
    await fc.assert(
      fc.asyncProperty(sent, async ({ id: used, query, body }) => {
        const path = `${route.path.replaceAll(/\{\w+\}/g, used)}${query && `?${query}`}`;
        const hasBody = route.method !== "GET" && route.method !== "DELETE";
        expectDocumented(route, await target.call(route.method, path, hasBody ? body : undefined, ownNetwork()));
      }),
      { numRuns: RUNS },
    );
  }
}, 300_000);

test("odd headers are no reason to fail either", async () => {
  const { dispatch } = await aWorkingAgency();
  const [route] = routes.filter(({ path, method }) => path === "/trips" && method === "POST");
  const header = fc.record({
    name: fc.constantFrom("content-type", "idempotency-key", "accept", "content-length", "x-forwarded-for", "cookie"),
    value: fc.oneof(
      fc.stringMatching(/^[ -~]{0,60}$/),
      fc.constantFrom(
        "application/json; charset=klingon",
        "-5",
        "application/jsonx",
        "text/html",
        "🚑".length.toString(),
      ),
    ),
  });
  await fc.assert(
    fc.asyncProperty(header, async ({ name, value }) => {
      if (route) expectDocumented(route, await dispatch("POST", "/trips", {}, { [name]: value }));
    }),
    { numRuns: 150 },
  );
});
