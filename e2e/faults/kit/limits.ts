import { readFileSync } from "node:fs";

/** Left over for what a process has open anyway. */
const SPARE = 500;

/** How many connections this process, and one started by it, may hold: node raises its own limit to the hard one. */
export function mostConnections(): number {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return Math.max(0, Number(soft ?? 1_024) - SPARE);
}
