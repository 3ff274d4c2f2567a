import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { OWN_CLIENT } from "@/scripts/bench/gps/phases";
import { seedFleet } from "@/scripts/bench/lib/fleet";
import { benchDatabase, startInstallation } from "@/scripts/bench/lib/installation";
import { memoryMbOf } from "@/scripts/bench/lib/process-usage";
import { type Check, conclude, printTable, quantile, round } from "@/scripts/bench/lib/report";
import { runBench } from "@/scripts/bench/lib/run-bench";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { run } from "@/scripts/lib/proc.mjs";
import { step } from "@/scripts/lib/steps.mjs";
import { readPusherConfig } from "@/server/integrations/pusher/config";
import { createPublisher } from "@/server/integrations/pusher/publisher";
import { crowd } from "./crowd";
import { type Latencies, ProbeRun, seedProbes } from "./probes";

// `npm run bench:realtime [-- --secs 15] [--rate 2000] [--subscribers 10000] [--build DIR]`: from the post of a fix to its
// event in a subscriber, alone and beside a busy fleet; and many subscribers of one channel.
const text = { type: "string" as const };
const { values: flags } = parseArgs({
  options: {
    secs: { ...text, default: "15" },
    rate: { ...text, default: "2000" },
    subscribers: { ...text, default: "10000" },
    build: text,
  },
});

type Line = { what: string; events: number; p50Ms: number; p95Ms: number; p99Ms: number };

const line = (what: string, sorted: readonly number[]): Line => {
  const at = (share: number) => round(quantile(sorted, share) ?? 0);
  return { what, events: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
};

const below = ({ what, events, p50Ms, p95Ms }: Line, most: { p50?: number; p95: number }): Check[] => [
  ...(most.p50 === undefined
    ? []
    : [{ name: `${what}, p50`, wanted: `< ${most.p50} ms`, seen: p50Ms, met: events > 0 && p50Ms < most.p50 }]),
  { name: `${what}, p95`, wanted: `< ${most.p95} ms`, seen: p95Ms, met: events > 0 && p95Ms < most.p95 },
];

async function bench(cleanup: Cleanup): Promise<void> {
  const database = await benchDatabase(cleanup);
  const fleet = await step("fleet", () => seedFleet(database.owner, { agencies: 20, devices: 10_000 }));
  const probes = await seedProbes(database.owner, fleet);
  const runboard = await startInstallation(cleanup, database, { build: flags.build });
  const config = readPusherConfig(runboard.env);
  const tokens = path.join(database.dataDir, "tokens");
  writeFileSync(tokens, `${fleet.tokens.slice(probes.length).join("\n")}\n`, { mode: 0o600 });
  const run0 = new ProbeRun(runboard.url, probes, (error) =>
    console.error(error instanceof Error ? error.message : String(error)),
  );
  cleanup.add("probes", () => Promise.resolve(run0.stop()));
  await run0.start(config);
  await pause(6_000);
  run0.take();
  const light = await step("light load", () => pause(Number(flags.secs) * 1000).then(() => run0.take()));
  const load = ["--url", `${runboard.url}/api/v1/positions`, "--tokens", tokens, "--conns", "64"];
  // Every device once before it counts: their first fixes have more to look up.
  await step("warm-up", () =>
    run(process.execPath, [
      OWN_CLIENT,
      ...load,
      "--secs",
      "60",
      "--requests",
      String(fleet.tokens.length - probes.length),
    ]),
  );
  run0.take();
  const busy = await step(`${flags.rate} fixes/s`, async () => {
    const { stdout } = await run(process.execPath, [OWN_CLIENT, ...load, "--secs", flags.secs, "--rate", flags.rate]);
    return { latencies: run0.take(), load: JSON.parse(stdout) as { fixesPerS: number; p50Ms: number; p99Ms: number } };
  });
  run0.stop();
  const publisher = createPublisher(config);
  cleanup.add("publisher", () => Promise.resolve(publisher.close()));
  const realtimePid = runboard.pidOf("realtime");
  const many = await step(`${flags.subscribers} subscribers`, () =>
    crowd(cleanup, publisher, {
      port: config.port,
      credentials: config,
      subscribers: Number(flags.subscribers),
      onJoined: () => undefined,
    }),
  );
  report({
    light,
    busy: busy.latencies,
    load: busy.load,
    many: line(`${many.subscribers} subscribers`, many.sortedMs),
    lost: many.expected - many.received,
    memoryMb: memoryMbOf(realtimePid).peakMb,
  });
}

type Seen = {
  light: Latencies;
  busy: Latencies;
  load: { fixesPerS: number };
  many: Line;
  lost: number;
  memoryMb: number;
};

function report({ light, busy, load, many, lost, memoryMb }: Seen): void {
  const lines = [
    line("trip channel, light load", light.trip),
    line("cell channel, light load", light.cell),
    line(`trip channel, ${load.fixesPerS} fixes/s`, busy.trip),
    line(`cell channel, ${load.fixesPerS} fixes/s`, busy.cell),
  ];
  const [tripLight, cellLight, tripBusy, cellBusy] = lines as [Line, Line, Line, Line];
  console.log("");
  printTable([...lines, many]);
  console.log(
    `\nprobes sent: ${light.sent} and ${busy.sent}; events lost: ${lost}; realtime server at most ${memoryMb} MB`,
  );
  conclude({ lines: [...lines, many], probes: { light: light.sent, busy: busy.sent }, lost, memoryMb, load }, [
    ...below(tripLight, { p50: 25, p95: 60 }),
    ...below(cellLight, { p50: 100, p95: 1_200 }),
    ...below(tripBusy, { p95: 250 }),
    ...below(cellBusy, { p95: 1_200 }),
    ...below(many, { p95: 100 }),
    { name: "events lost", wanted: "0", seen: lost, met: lost === 0 },
    { name: "memory of the realtime server", wanted: "< 200 MB", seen: memoryMb, met: memoryMb < 200 },
  ]);
}

await runBench(bench);
