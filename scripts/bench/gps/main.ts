import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { type Fleet, seedFleet, storedFixes } from "@/scripts/bench/lib/fleet";
import {
  type BenchDatabase,
  benchDatabase,
  type Installation,
  startInstallation,
} from "@/scripts/bench/lib/installation";
import { type Check, conclude, printTable, type Row, round } from "@/scripts/bench/lib/report";
import { runBench } from "@/scripts/bench/lib/run-bench";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { step } from "@/scripts/lib/steps.mjs";
import { type CopyLimit, copyLimit } from "./copy-limit";
import { type PagesSeen, pageRows, peopleAtConsoles } from "./pages";
import { sharedFile, startPeer } from "./peer";
import { asRow, measure, OWN_CLIENT, type Phase, type Subject } from "./phases";

// `npm run bench:gps`: how many fixes a second one web process and its database take on this machine, beside the plain
// design that others use, and whether all that was acknowledged is stored.
const text = { type: "string" as const };
const { values: flags } = parseArgs({
  options: {
    devices: { ...text, default: "10000" },
    agencies: { ...text, default: "20" },
    secs: { ...text, default: "6" },
    only: text,
    build: text,
    profile: text,
  },
});
const DEVICES = Number(flags.devices);
const CONNECTIONS = 64;
const BATCH = 100;
/** The shared client dates its fixes from an hour ago, 97 ms apart: past so many they would lie in the future. */
const secs = Math.min(Number(flags.secs), 6);
const wants = (phase: string) => flags.only === undefined || flags.only.split(",").includes(phase);

const writeTokens = (dir: string, name: string, tokens: readonly string[]) => {
  const file = path.join(dir, name);
  writeFileSync(file, `${tokens.join("\n")}\n`, { mode: 0o600 });
  return file;
};

/** Phases of our own server. The first one makes the caches warm, as a fleet's first minute does. */
async function measureRunboard(subject: Subject, tokens: { all: string; some: string }, onWarm: () => void) {
  const shared = sharedFile("tools/gps-load.mjs") ?? OWN_CLIENT;
  const single = { tokens: tokens.all, conns: CONNECTIONS, secs };
  const warm = { ...single, secs: 60, requests: DEVICES, "age-s": 7_200 };
  const phases = [await measure(subject, { name: "first fix of each device", ...warm })];
  onWarm();
  const add = async (key: string, options: Parameters<typeof measure>[1]) => {
    if (wants(key)) phases.push(await step(options.name, () => measure(subject, options)));
  };
  const light = { tokens: tokens.some, conns: CONNECTIONS, secs: 10, rate: 100 };
  await add("light", { name: "100 requests/s", client: shared, ...light });
  await add("single", { name: "one fix a request", client: shared, ...single });
  // Before the lean client's single fixes: these would make what a batch brings late.
  const batches = { tokens: tokens.all, conns: CONNECTIONS, secs: Number(flags.secs), batch: BATCH };
  await add("batch", { name: "batches of 100", ...batches });
  await add("single-own", { name: "one fix a request, lean client", ...single, secs: Number(flags.secs) });
  return phases;
}

const BESIDE_RATE = 2_000;
const BESIDE_SECS = 8;

type Beside = { phases: Phase[]; people: Record<"alone" | "beside", PagesSeen> };

/** Fixes and pages, each alone and both at once: neither may hold up the other. */
async function measureBesidePages(
  subject: Subject,
  tokens: string,
  consoles: Awaited<ReturnType<typeof peopleAtConsoles>>,
): Promise<Beside> {
  const fixes = (name: string) =>
    measure(subject, { name, tokens, conns: CONNECTIONS, secs: BESIDE_SECS, rate: BESIDE_RATE });
  await consoles.work(3);
  const alone = await fixes("2,000 requests/s");
  const peopleAlone = await consoles.work(BESIDE_SECS);
  const [beside, people] = await Promise.all([fixes("2,000 requests/s beside pages"), consoles.work(BESIDE_SECS)]);
  return { phases: [alone, beside], people: { alone: peopleAlone, beside: people } };
}

const besidePages = async (
  installed: { database: BenchDatabase; runboard: Installation; fleet: Fleet },
  subject: Subject,
  tokens: string,
): Promise<Beside | null> => {
  if (!wants("pages")) return null;
  const consoles = await step("people at consoles", () =>
    peopleAtConsoles(installed.database, installed.runboard, installed.fleet),
  );
  return step("fixes and pages", () => measureBesidePages(subject, tokens, consoles));
};

async function measurePeer(cleanup: Cleanup, database: BenchDatabase): Promise<Phase[]> {
  if (!wants("peer")) return [];
  const { ownerUrl } = await database.another("peer");
  const peer = await step("peer", () => startPeer(cleanup, ownerUrl("peer")));
  const client = sharedFile("tools/gps-load.mjs");
  if (!peer || !client) return [];
  const sql = postgres(ownerUrl("peer"), { max: 1 });
  cleanup.add("peer's connection", () => sql.end({ timeout: 1 }));
  const stored = async () =>
    (await sql<{ count: number }[]>`select count(*)::int as count from location_history`)[0]?.count ?? 0;
  const subject = { url: peer.url, webPid: peer.pid, databasePid: database.postmasterPid, stored };
  const numbers = Array.from({ length: DEVICES }, (_, i) => `drv-${i + 1}`);
  const tokens = writeTokens(database.dataDir, "peer-tokens", numbers);
  await measure(subject, { name: "warm-up", client, tokens, conns: CONNECTIONS, secs: 2 });
  const light = { client, tokens, conns: CONNECTIONS, secs: 10, rate: 100 };
  const phases = wants("light") ? [await measure(subject, { name: "peer: 100 requests/s", ...light })] : [];
  return [
    ...phases,
    await measure(subject, { name: "peer: one fix a request", client, tokens, conns: CONNECTIONS, secs }),
  ];
}

function checksOf(phases: readonly Phase[], rawLimit: CopyLimit | null): Check[] {
  const of = (name: string) => phases.find((phase) => phase.name === name);
  const checks: Check[] = [];
  const add = (name: string, wanted: string, seen: number, met: boolean) => checks.push({ name, wanted, seen, met });
  const [single, peer] = [of("one fix a request"), of("peer: one fix a request")];
  if (single) {
    add("requests/s", ">= 6000", single.load.requestsPerS, single.load.requestsPerS >= 6000);
    add("p99, saturated", "< 50 ms", single.load.p99Ms, single.load.p99Ms < 50);
  }
  if (single && peer) {
    const times = round(single.load.requestsPerS / peer.load.requestsPerS, 2);
    add("times the peer", ">= 2", times, times >= 2);
  }
  const light = of("100 requests/s");
  if (light) {
    add("p50 at 100 requests/s", "< 3 ms", light.load.p50Ms, light.load.p50Ms < 3);
    add("p99 at 100 requests/s", "< 10 ms", light.load.p99Ms, light.load.p99Ms < 10);
  }
  const batches = of("batches of 100");
  if (batches) add("fixes/s in batches", ">= 30000", batches.load.fixesPerS, batches.load.fixesPerS >= 30_000);
  if (batches && rawLimit) {
    const share = round(batches.load.fixesPerS / rawLimit.madeOnTheWay, 2);
    add("share of the raw limit", ">= 0.5", share, share >= 0.5);
  }
  const beside = of("2,000 requests/s beside pages");
  if (beside) add("p99 of fixes beside pages", "< 50 ms", beside.load.p99Ms, beside.load.p99Ms < 50);
  const lost = phases.filter((phase) => !phase.name.startsWith("peer")).reduce((sum, phase) => sum + phase.lost, 0);
  add("fixes lost", "0", lost, lost === 0);
  return checks;
}

async function bench(cleanup: Cleanup): Promise<void> {
  const database = await benchDatabase(cleanup);
  const fleet = await step("fleet", () =>
    seedFleet(database.owner, { agencies: Number(flags.agencies), devices: DEVICES }),
  );
  const { tokens } = fleet;
  const files = {
    all: writeTokens(database.dataDir, "tokens", tokens),
    // Other devices than those that the next phase begins with: time must not run backwards for any.
    some: writeTokens(database.dataDir, "some-tokens", tokens.slice(-DEVICES / 10)),
  };
  if (flags.profile) mkdirSync(flags.profile, { recursive: true });
  const peerPhases = await measurePeer(cleanup, database);
  const { build, profile: profileDir } = flags;
  const runboard = await startInstallation(cleanup, database, { build, profileDir });
  const subject: Subject = {
    url: `${runboard.url}/api/v1/positions`,
    webPid: runboard.pidOf("web"),
    databasePid: database.postmasterPid,
    stored: async () => {
      const { history, quarantined } = await storedFixes(database.owner);
      return history + quarantined;
    },
  };
  const phases = await measureRunboard(subject, files, () => {
    if (profileDir) process.kill(subject.webPid, "SIGUSR2");
  });
  const beside = await besidePages({ database, runboard, fleet }, subject, files.all);
  const { history, quarantined } = await storedFixes(database.owner);
  const rawLimit = wants("copy")
    ? await step("COPY", () =>
        copyLimit(database.urls.owner, { rows: Math.min(history, 200_000), dir: database.dataDir }),
      )
    : null;
  const all = [...peerPhases, ...phases, ...(beside?.phases ?? [])];
  console.log("");
  printTable(all.map(asRow));
  const people: Row[] = beside
    ? [...pageRows("alone", beside.people.alone), ...pageRows("beside 2,000 fixes/s", beside.people.beside)]
    : [];
  if (people.length > 0) {
    console.log("");
    printTable(people);
  }
  console.log(
    `\nset aside: ${quarantined}; raw limit by COPY: ${rawLimit ? `${rawLimit.madeOnTheWay} rows/s, ${Math.round(rawLimit.madeBefore)} from text made before` : "not measured"}`,
  );
  conclude({ phases: all, people, quarantined, rawLimitRowsPerS: rawLimit }, checksOf(all, rawLimit));
}

await runBench(bench);
