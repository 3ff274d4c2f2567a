import { cpus, loadavg, totalmem } from "node:os";

export type Row = Record<string, string | number>;

/** Prints rows as a Markdown table; the columns are those of the first row. */
export function printTable(rows: readonly Row[]): void {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
  line(names);
  line(names.map(() => "---"));
  for (const row of rows) line(names.map((name) => row[name] ?? ""));
}

/** What a figure was measured on. `load` is that of the last minute, our own included. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  load: Number((loadavg()[0] ?? 0).toFixed(1)),
});

/** @param digits - after the point */
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** The value below which a share of the sorted values lies, `null` without values. */
export const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;

/** One target of the issue: its name, what was asked for, what was seen. */
export type Check = { name: string; wanted: string; seen: string | number; met: boolean };

/** Prints the targets, then all figures as the last line: one JSON object. */
export function conclude(figures: Record<string, unknown>, checks: readonly Check[]): void {
  if (checks.length > 0) {
    console.log("");
    printTable(checks.map(({ name, wanted, seen, met }) => ({ target: name, wanted, seen, met: met ? "yes" : "NO" })));
  }
  console.log("");
  console.log(JSON.stringify({ ...figures, machine: machine(), targets: checks }));
}
