import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in ticks of 10 ms. */
const TICKS_PER_S = 100;

type Stat = { pid: number; parent: number; cpuS: number };

/** Processor time of a process and of its children that have ended. */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold blanks.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return { pid, parent: Number(fields[1]), cpuS: ticks / TICKS_PER_S };
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return null;
    throw error;
  }
}

/** The process that started this one. */
export const parentOf = (pid: number): number | null => statOf(pid)?.parent ?? null;

/** Seconds of processor time that a process and all below it have used. Source: /proc, so Linux only. */
export function cpuSecondsOf(root: number): number {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const family = new Set([root]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => family.has(pid)).reduce((sum, { cpuS }) => sum + cpuS, 0);
}

/** Seconds of processor time that the whole machine has used, whoever used them. Source: /proc/stat. */
export function cpuSecondsOfMachine(): number {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user, nice, system, (idle, iowait,) irq, softirq
  const ticks = line.split(/\s+/).slice(1, 8).map(Number);
  return [0, 1, 2, 5, 6].reduce((sum, at) => sum + (ticks[at] ?? 0), 0) / TICKS_PER_S;
}

/** Resident memory of one process, and the most it ever was, in MB. */
export function memoryMbOf(pid: number): { nowMb: number; peakMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mb = (key: string) => Math.round(Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1024);
  return { nowMb: mb("VmRSS"), peakMb: mb("VmHWM") };
}
