import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { EnvSchema } from "@/server/env";

const example = readFileSync(".env.example", "utf8");
const documented = new Set([...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));
const composeText = readFileSync("deploy/compose.yaml", "utf8");
type Service = { image?: string; environment?: Record<string, string | number>; depends_on?: Record<string, unknown> };
const compose = parse(composeText, { merge: true }) as { services: Record<string, Service> };
const known = Object.keys(EnvSchema.shape);

/** What only some processes or none of the serving ones read. */
const NOT_FOR_THE_IMAGE = ["REALTIME_PORT"];

test("every variable of the environment schema is in .env.example", () => {
  expect(known.filter((name) => !documented.has(name))).toEqual([]);
});

test("every variable that any file reads by name is in .env.example", () => {
  const own = new Set(["PATH", "HOME", "CI", "NODE_ENV", "NEXT_RUNTIME", "NEXT_DIST_DIR", "NEXT_TSCONFIG"]);
  const read = ["app", "components", "db", "scripts", "server"].flatMap(sources).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(/process\.env(?:\.|\[["'])([A-Z][A-Z0-9_]+)(?!["']?\]?\s*=[^=])\b/g)].map(
      ([, name]) => `${name} in ${file}`,
    );
  });
  const missing = read.filter((one) => {
    const name = one.split(" ")[0] ?? "";
    return !documented.has(name) && !own.has(name) && !/^(E2E|BENCH)_/.test(name);
  });
  expect(missing).toEqual([]);
});

test("every variable that the compose file takes from outside is in .env.example", () => {
  const taken = [...composeText.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name);
  expect(taken.filter((name) => !documented.has(name))).toEqual([]);
});

test.each(["web", "worker"])("the compose file gives %s what the schema knows, and nothing else", (name) => {
  const given = Object.keys(compose.services[name]?.environment ?? {});
  expect(given.filter((one) => !known.includes(one))).toEqual([]);
  const own = name === "web" ? [...NOT_FOR_THE_IMAGE, "WORKER_PORT"] : [...NOT_FOR_THE_IMAGE, "PORT"];
  expect(known.filter((one) => !given.includes(one) && !own.includes(one))).toEqual([]);
});

test("no serving process gets a connection that is above row-level security", () => {
  for (const name of ["web", "worker"]) {
    const values = Object.values(compose.services[name]?.environment ?? {}).join(" ");
    expect(values).not.toMatch(/runboard_owner|postgres:\/\/postgres/);
  }
});

test("no secret has a default, and none is filled in in .env.example", () => {
  const secrets = /^(?:.*_)?(?:SECRET|TOKEN|PASSWORD|KEYS?|ACCESS_KEY)$/;
  for (const name of [...documented].filter((one) => one && secrets.test(one))) {
    expect(example).toMatch(new RegExp(`^(# )?${name}=$`, "m"));
    expect(composeText).not.toMatch(new RegExp(`\\$\\{${name}:-[^}]`));
  }
});

test("services wait for services that exist", () => {
  for (const { depends_on: needs = {} } of Object.values(compose.services)) {
    for (const name of Object.keys(needs)) expect(Object.keys(compose.services)).toContain(name);
  }
});

function sources(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !/\.i?test\.tsx?$/.test(name))
    .map((name) => path.join(dir, name));
}
