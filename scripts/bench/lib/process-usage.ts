import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in ticks of 10 ms. */
const TICKS_PER_S = 100;

type Stat = { pid: number; parent: number; cpuS: number };

/** What the kernel says of a process; `null` when it has ended. */
const procOf = (pid: number, name: string): string | null =>
  unlessGone(() => readFileSync(`/proc/${pid}/${name}`, "utf8"));

const readdirOf = (dir: string): string[] => unlessGone(() => readdirSync(dir)) ?? [];

function unlessGone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return null;
    throw error;
  }
}

/** Processor time of a process and of its children that have ended. */
function statOf(pid: number): Stat | null {
  const text = procOf(pid, "stat");
  if (text === null) return null;
  // The name, in brackets, may hold blanks.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
  return { pid, parent: Number(fields[1]), cpuS: ticks / TICKS_PER_S };
}

/** The process that started this one. */
export const parentOf = (pid: number): number | null => statOf(pid)?.parent ?? null;

/** A process and all below it. Asked of the processes themselves: looking through all of a machine's takes long. */
function familyOf(root: number): Stat[] {
  const stat = statOf(root);
  return stat ? [stat, ...childrenOf(root).flatMap(familyOf)] : [];
}

function childrenOf(pid: number): number[] {
  const tasks = readdirOf(`/proc/${pid}/task`);
  return tasks.flatMap((task) =>
    (procOf(pid, `task/${task}/children`) ?? "")
      .split(" ")
      .flatMap((child) => (child.trim() === "" ? [] : [Number(child)])),
  );
}

/** The processes below a process. */
export const descendantsOf = (root: number): number[] =>
  familyOf(root).flatMap(({ pid }) => (pid === root ? [] : [pid]));

/** Seconds of processor time that a process and all below it have used. Source: /proc, so Linux only. */
export const cpuSecondsOf = (root: number): number => familyOf(root).reduce((sum, { cpuS }) => sum + cpuS, 0);

/** Resident memory of a process and all below it, and the most that each of them ever had, in MB. */
export function memoryMbOf(root: number): { nowMb: number; peakMb: number } {
  const sum = (key: string) => familyOf(root).reduce((total, { pid }) => total + memoryOf(pid, key), 0);
  return { nowMb: Math.round(sum("VmRSS")), peakMb: Math.round(sum("VmHWM")) };
}

function memoryOf(pid: number, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(procOf(pid, "status") ?? "")?.[1] ?? 0) / 1024;
}

/** Seconds of processor time that the whole machine has used, whoever used them. Source: /proc/stat. */
export function cpuSecondsOfMachine(): number {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user, nice, system, (idle, iowait,) irq, softirq
  const ticks = line.split(/\s+/).slice(1, 8).map(Number);
  return [0, 1, 2, 5, 6].reduce((sum, at) => sum + (ticks[at] ?? 0), 0) / TICKS_PER_S;
}
