import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { seedFleet } from "@/scripts/bench/lib/fleet";
import { benchDatabase, startInstallation } from "@/scripts/bench/lib/installation";
import { cpuSecondsOf, cpuSecondsOfMachine, descendantsOf, memoryMbOf } from "@/scripts/bench/lib/process-usage";
import { type Check, conclude, printTable, quantile, round } from "@/scripts/bench/lib/report";
import { runBench } from "@/scripts/bench/lib/run-bench";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { step } from "@/scripts/lib/steps.mjs";
import { signEverybodyIn } from "./people";
import { seedAgency } from "./seed";
import { Seen } from "./seen";

// `npm run bench:app [-- --short] [--consoles 300] [--phones 500] [--waiting 50] [--secs 120] [--build DIR]
// [--profile DIR] [--watch DIR]`: everybody at once, consoles that hear of every change and ask for it, and phones that drive and report, for
// two minutes (--short: twenty seconds, a tenth of the people). --watch: each process notes ten times a second how it goes.
// --waiting: trips of each agency that no unit has yet.
const text = { type: "string" as const };
const { values: flags } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    consoles: text,
    phones: text,
    waiting: text,
    secs: text,
    build: text,
    profile: text,
    watch: text,
  },
});
/** Not counted: the first fix of each phone is news to every console, as it is on no day that has begun. */
const WARM_UP_S = 15;
const AGENCIES = 10;
const CONSOLES = Number(flags.consoles ?? (flags.short ? 30 : 300));
const PHONES = Number(flags.phones ?? (flags.short ? 50 : 500));
const WAITING = Number(flags.waiting ?? 50);
const SECS = Number(flags.secs ?? (flags.short ? 20 : 120));

async function bench(cleanup: Cleanup): Promise<void> {
  const database = await benchDatabase(cleanup);
  const perAgency = {
    dispatchers: CONSOLES / AGENCIES,
    crews: PHONES / AGENCIES,
    waitingTrips: WAITING,
    phiKeys: database.secrets.PHI_KEYS,
  };
  const fleet = await seedFleet(database.owner, { agencies: AGENCIES, devices: PHONES });
  const agencies = await step("people and trips", () =>
    Promise.all(
      fleet.agencies.map((id, n) => {
        const own = <T>(all: readonly T[]) => all.filter((_, i) => i % AGENCIES === n);
        return seedAgency(database.owner, id, { ids: own(fleet.deviceIds), tokens: own(fleet.tokens) }, perAgency);
      }),
    ),
  );
  await database.owner`analyze`;
  const observers = { profileDir: flags.profile, watchDir: flags.watch };
  const runboard = await startInstallation(cleanup, database, { build: flags.build, ...observers });
  const seen = new Seen();
  const staff = await step("sign-in", async () => {
    const signedIn = [];
    for (const agency of agencies) signedIn.push(await signEverybodyIn(runboard.url, agency, seen));
    return signedIn;
  });
  const web = runboard.pidOf("web");
  // The clients are one process: what holds it up would look like a slow answer.
  const held = monitorEventLoopDelay({ resolution: 5 });
  let coresSince = () => ({}) as Cores;
  const begin = async () => {
    await pause(WARM_UP_S * 1000);
    if (flags.profile) for (const pid of [web, ...descendantsOf(web)]) process.kill(pid, "SIGUSR2");
    coresSince = startCores({
      web,
      database: database.postmasterPid,
      worker: runboard.pidOf("worker"),
      realtime: runboard.pidOf("realtime"),
    });
    seen.begin();
    held.enable();
  };
  const untilMs = performance.now() + (WARM_UP_S + SECS) * 1000;
  await step(`${CONSOLES} consoles and ${PHONES} phones`, () =>
    Promise.all([
      begin(),
      ...staff.flatMap(({ offices, phones }) => [...offices, ...phones].map((everybody) => everybody.run(untilMs))),
    ]),
  );
  const clientsHeldMs = round(held.percentile(99) / 1e6 - 5);
  report(seen, { memory: memoryOfWeb(web), cores: coresSince(), clientsHeldMs });
  for (const { offices } of staff) for (const office of offices) office.close();
}

type Memory = { publicPortMb: number; pagesMb: number; bothMb: number };

/** The most that the process of the public port and that of the pages ever had, and the sum. */
function memoryOfWeb(web: number): Memory {
  const bothMb = memoryMbOf(web).peakMb;
  const pagesMb = descendantsOf(web).reduce((sum, pid) => sum + memoryMbOf(pid).peakMb, 0);
  return { publicPortMb: bothMb - pagesMb, pagesMb, bothMb };
}

type Cores = Record<string, number>;

const ownCpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** @returns how many cores each process, the clients here and the whole machine have kept busy since */
function startCores(pids: Record<string, number>): () => Cores {
  const used = () => ({
    ...Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSecondsOf(pid)])),
    clients: ownCpuSeconds(),
    machine: cpuSecondsOfMachine(),
  });
  const before: Cores = used();
  const from = performance.now();
  return () => {
    const seconds = (performance.now() - from) / 1000;
    return Object.fromEntries(
      Object.entries(used()).map(([name, after]) => [name, round((after - (before[name] ?? 0)) / seconds, 2)]),
    );
  };
}

function line(what: string, ms: number[]) {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => round(quantile(sorted, share) ?? 0);
  return { what, calls: ms.length, "per s": round(ms.length / SECS), p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

const coresText = (cores: Cores) =>
  Object.entries(cores)
    .map(([name, share]) => `${name} ${share}`)
    .join(", ");

type Web = { memory: Memory; cores: Cores; clientsHeldMs: number };

function report({ ms, shownMs, failures }: Seen, web: Web): void {
  const board = line("board query", [...ms.board, ...ms.changes]);
  const whole = line("  of these: whole boards", ms.board);
  const changes = line("  of these: what changed", ms.changes);
  const status = line("status change", ms.status);
  const shown = line("its answer until a console shows it", shownMs);
  const [fix, runSheets] = [line("fix", ms.fix), line("run sheets", ms.runSheets)];
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  console.log("");
  printTable([board, whole, changes, status, shown, fix, runSheets]);
  for (const [what, count] of failures) console.log(`${count} x ${what}`);
  const { publicPortMb, pagesMb, bothMb } = web.memory;
  console.log(`\nmemory at most: public port ${publicPortMb} MB, pages ${pagesMb} MB, both ${bothMb} MB`);
  console.log(`cores: ${coresText(web.cores)}; clients held up ${web.clientsHeldMs} ms (p99); failed calls: ${failed}`);
  const checks: Check[] = [
    { name: "board query, p95", wanted: "< 250 ms", seen: board.p95Ms, met: board.p95Ms < 250 },
    { name: "status change, p95", wanted: "< 100 ms", seen: status.p95Ms, met: status.p95Ms < 100 },
    { name: "failed calls", wanted: "0", seen: failed, met: failed === 0 },
    { name: "memory of the web process", wanted: "< 400 MB", seen: bothMb, met: bothMb < 400 },
  ];
  const figures = { board, whole, changes, status, shown, fix, runSheets };
  conclude({ consoles: CONSOLES, phones: PHONES, waiting: WAITING, secs: SECS, ...figures, failed, ...web }, checks);
}

await runBench(bench);
