import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { ensureTool, type Tool } from "@/scripts/lib/debian-tool.mjs";
import { metrics } from "@/server/metrics";
import { RealtimeMetrics } from "@/server/realtime/embedded/metrics";

const DIR = "deploy/monitoring";
type Rules = { groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[] };
type Dashboard = { panels: { title: string; targets: { expr: string }[] }[] };

const rules = (parse(readFileSync(`${DIR}/rules.yml`, "utf8")) as Rules).groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readFileSync(`${DIR}/grafana-dashboard.json`, "utf8")) as Dashboard;
const expressions = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
];

let promtool: Tool;
beforeAll(async () => {
  promtool = await ensureTool("promtool", "prometheus");
});
const run = (...args: string[]) => promisify(execFile)(promtool.file, args, { env: promtool.env, cwd: DIR });

test("promtool accepts the rules and the scrape configuration", async () => {
  expect((await run("check", "rules", "rules.yml")).stdout).toContain(`${rules.length} rules found`);
  await run("check", "config", "--syntax-only", "prometheus.yml");
});

test("the alarms sound when they should and not before", async () => {
  expect((await run("test", "rules", "rules.test.yml")).stdout).toContain("SUCCESS");
});

test.each(expressions)("every metric that %s names exists", async (_title, expression) => {
  const text = (await metrics().registry.metrics()) + new RealtimeMetrics().render();
  const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const named = [...expression.matchAll(/\b(?:runboard|process|nodejs)_[a-z0-9_]+/g)].map(([name]) =>
    name.replace(/_(bucket|count|sum)$/, ""),
  );
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test("every alarm says what is wrong and what to do", () => {
  expect(rules.filter(({ annotations }) => !annotations.summary || !annotations.action)).toEqual([]);
});
