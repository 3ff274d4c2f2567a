import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { lastLine, playwrightCounts, total, vitestCounts } from "./test-report.mjs";

const dir = mkdtempSync(path.join(tmpdir(), "report-"));
afterAll(() => rmSync(dir, { recursive: true }));

function report(content: object): string {
  const file = path.join(dir, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test("a test file that could not be loaded counts as a failure", () => {
  const file = report({
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      { status: "passed", assertionResults: [{ status: "passed" }] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "failed", assertionResults: [] },
    ],
  });
  expect(vitestCounts(file)).toEqual({ passed: 3, failed: 2, skipped: 1 });
});

test("a browser test that passed at its second try has passed; an error outside any test is a failure", () => {
  const stats = { expected: 4, flaky: 1, unexpected: 0, skipped: 2 };
  expect(playwrightCounts(report({ stats, errors: [] }))).toEqual({ passed: 5, failed: 0, skipped: 2 });
  expect(playwrightCounts(report({ stats, errors: [{ message: "no such fixture" }] })).failed).toBe(1);
});

test("the last line is plain, and names skipped tests only when there are any", () => {
  const sum = total([
    { passed: 2, failed: 0, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 },
  ]);
  expect(lastLine(sum)).toBe("5 passed, 1 failed");
  expect(lastLine({ passed: 1, failed: 0, skipped: 2 })).toBe("1 passed, 0 failed, 2 skipped");
});
