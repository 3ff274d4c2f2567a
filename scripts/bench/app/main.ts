import { parseArgs } from "node:util";
import { seedFleet } from "@/scripts/bench/lib/fleet";
import { benchDatabase, startInstallation } from "@/scripts/bench/lib/installation";
import { cpuSecondsOf, memoryMbOf } from "@/scripts/bench/lib/process-usage";
import { type Check, conclude, printTable, quantile, round } from "@/scripts/bench/lib/report";
import { runBench } from "@/scripts/bench/lib/run-bench";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { step } from "@/scripts/lib/steps.mjs";
import { nothingSeen, type Seen, signEverybodyIn } from "./people";
import { seedAgency } from "./seed";

// `npm run bench:app [-- --short] [--consoles 300] [--phones 500] [--secs 120] [--build DIR]`: everybody at once, consoles
// that read their board whenever something changed and phones that drive and report, for two minutes (--short: twenty
// seconds, a tenth of the people).
const text = { type: "string" as const };
const { values: flags } = parseArgs({
  options: { short: { type: "boolean", default: false }, consoles: text, phones: text, secs: text, build: text },
});
const AGENCIES = 10;
const CONSOLES = Number(flags.consoles ?? (flags.short ? 30 : 300));
const PHONES = Number(flags.phones ?? (flags.short ? 50 : 500));
const SECS = Number(flags.secs ?? (flags.short ? 20 : 120));

async function bench(cleanup: Cleanup): Promise<void> {
  const database = await benchDatabase(cleanup);
  const perAgency = { dispatchers: CONSOLES / AGENCIES, crews: PHONES / AGENCIES, waitingTrips: 50 };
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
  const runboard = await startInstallation(cleanup, database, { build: flags.build });
  const staff = await step("sign-in", async () => {
    const signedIn = [];
    for (const agency of agencies) signedIn.push(await signEverybodyIn(runboard.url, agency));
    return signedIn;
  });
  const web = runboard.pidOf("web");
  const cpuBefore = cpuSecondsOf(web);
  const seen = nothingSeen();
  const untilMs = performance.now() + SECS * 1000;
  await step(`${CONSOLES} consoles and ${PHONES} phones`, () =>
    Promise.all(
      staff.flatMap(({ offices, phones }) => {
        const onChange = () => {
          for (const office of offices) office.tell();
        };
        return [
          ...offices.map((office) => office.run(untilMs, seen)),
          ...phones.map((phone) => phone.run(untilMs, seen, onChange)),
        ];
      }),
    ),
  );
  report(seen, { memoryMb: memoryMbOf(web).peakMb, webCpuShare: round((cpuSecondsOf(web) - cpuBefore) / SECS, 2) });
}

function report({ boardMs, statusMs, fixMs, failures }: Seen, web: { memoryMb: number; webCpuShare: number }): void {
  const line = (what: string, ms: number[]) => {
    const sorted = ms.toSorted((a, b) => a - b);
    const at = (share: number) => round(quantile(sorted, share) ?? 0);
    return {
      what,
      calls: ms.length,
      "per s": round(ms.length / SECS),
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
    };
  };
  const [board, status, fix] = [line("board query", boardMs), line("status change", statusMs), line("fix", fixMs)];
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  console.log("");
  printTable([board, status, fix]);
  for (const [what, count] of failures) console.log(`${count} x ${what}`);
  console.log(`\nweb process: at most ${web.memoryMb} MB, ${web.webCpuShare} of a core; failed calls: ${failed}`);
  const checks: Check[] = [
    { name: "board query, p95", wanted: "< 250 ms", seen: board.p95Ms, met: board.p95Ms < 250 },
    { name: "status change, p95", wanted: "< 100 ms", seen: status.p95Ms, met: status.p95Ms < 100 },
    { name: "failed calls", wanted: "0", seen: failed, met: failed === 0 },
    { name: "memory of the web process", wanted: "< 400 MB", seen: web.memoryMb, met: web.memoryMb < 400 },
  ];
  conclude({ consoles: CONSOLES, phones: PHONES, secs: SECS, board, status, fix, failed, ...web }, checks);
}

await runBench(bench);
