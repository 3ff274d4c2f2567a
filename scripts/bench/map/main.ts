import path from "node:path";
import { parseArgs } from "node:util";
import { putOnDuty, seedFleet } from "@/scripts/bench/lib/fleet";
import {
  type BenchDatabase,
  benchDatabase,
  type Installation,
  startInstallation,
} from "@/scripts/bench/lib/installation";
import { seedPerson } from "@/scripts/bench/lib/people";
import { type Check, conclude, printTable, round } from "@/scripts/bench/lib/report";
import { runBench } from "@/scripts/bench/lib/run-bench";
import { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { ensureCounty } from "@/scripts/lib/county.mjs";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { step } from "@/scripts/lib/steps.mjs";
import { usesSingleCell } from "@/server/domain/positions/frames";
import { readPusherConfig } from "@/server/integrations/pusher/config";
import { createPublisher } from "@/server/integrations/pusher/publisher";
import { type Interaction, openMap } from "./console";
import { MovingFleet, placeUnits } from "./units";

// `npm run bench:map [-- --units 500,2000,10000] [--secs 15] [--minutes 10] [--profile DIR] [--build DIR]`: what a moving fleet costs the
// main thread of an open map, and whether it stays responsive and its memory flat. --minutes watches the memory of the
// 2,000 units for so long (default: not).
const text = { type: "string" as const };
const { values: flags } = parseArgs({
  options: {
    units: { ...text, default: "500,2000,10000" },
    secs: { ...text, default: "15" },
    minutes: { ...text, default: "0" },
    profile: text,
    build: text,
  },
});
const MOST_SCRIPT_MS: Record<number, number> = { 2_000: 60, 10_000: 200 };
const MEMORY_AT_UNITS = 2_000;

type Result = {
  units: number;
  drawn: number;
  scriptMsPerS: number;
  taskMsPerS: number;
  pan: Interaction;
  heapMb: number[];
};

async function measure(database: BenchDatabase, runboard: Installation, units: number): Promise<Result> {
  const cleanup = new Cleanup();
  const [fleet, publisher] = [
    await seedFleet(database.owner, { agencies: 1, devices: units }),
    createPublisher(readPusherConfig(runboard.env)),
  ];
  const [agencyId = ""] = fleet.agencies;
  await putOnDuty(database.owner, agencyId, fleet.deviceIds);
  await placeUnits(database.owner, agencyId, fleet.deviceIds);
  const email = await seedPerson(database.owner, agencyId, "dispatcher");
  const moving = new MovingFleet(publisher, agencyId, { units, isSingleCell: usesSingleCell(units) }, (error) =>
    console.error(error instanceof Error ? error.message : String(error)),
  );
  cleanup.add("publisher", () => Promise.resolve(publisher.close()));
  cleanup.add("fleet", () => moving.stop());
  const work = (async () => {
    const map = await openMap(cleanup, runboard.url, email);
    moving.start();
    await map.untilDrawn();
    await map.page.waitForTimeout(8_000);
    const busy = await map.busy(Number(flags.secs));
    const heapMb = [round(await map.heapMb())];
    for (let minute = 0; units === MEMORY_AT_UNITS && minute < Number(flags.minutes); minute++) {
      await map.page.waitForTimeout(60_000);
      heapMb.push(round(await map.heapMb()));
    }
    const pan = await map.pan();
    if (flags.profile) await map.profile(10, path.join(flags.profile, `map-${units}.cpuprofile`));
    const { scriptMsPerS, taskMsPerS } = busy;
    return {
      units,
      drawn: await map.drawn(),
      scriptMsPerS: round(scriptMsPerS),
      taskMsPerS: round(taskMsPerS),
      pan: { inpMs: round(pan.inpMs), delayMs: round(pan.delayMs), handlersMs: round(pan.handlersMs) },
      heapMb,
    };
  })();
  try {
    return await work;
  } finally {
    await cleanup.settle(work);
  }
}

function checksOf(results: readonly Result[]): Check[] {
  return results.flatMap(({ units, scriptMsPerS, pan: { inpMs }, heapMb }) => {
    const most = MOST_SCRIPT_MS[units];
    const grownMb = round((heapMb.at(-1) ?? 0) - (heapMb[1] ?? 0));
    return [
      ...(most
        ? [
            {
              name: `script at ${units} units`,
              wanted: `<= ${most} ms/s`,
              seen: scriptMsPerS,
              met: scriptMsPerS <= most,
            },
          ]
        : []),
      { name: `INP of a pan at ${units} units`, wanted: "< 200 ms", seen: inpMs, met: inpMs < 200 },
      ...(heapMb.length > 2
        ? [{ name: `heap over ${heapMb.length - 1} min`, wanted: "grows < 10 MB", seen: grownMb, met: grownMb < 10 }]
        : []),
    ];
  });
}

async function bench(cleanup: Cleanup): Promise<void> {
  const database = await benchDatabase(cleanup);
  await step("county", () => ensureCounty(path.join(ROOT, ".data")));
  const env = { MAP_PMTILES: path.join(ROOT, ".data/county/county.pmtiles") };
  const runboard = await startInstallation(cleanup, database, { build: flags.build, env });
  const results: Result[] = [];
  for (const units of flags.units.split(",").map(Number)) {
    results.push(await step(`${units} units`, () => measure(database, runboard, units)));
  }
  console.log("");
  printTable(
    results.map(({ units, drawn, scriptMsPerS, taskMsPerS, pan, heapMb }) => ({
      "moving units": units,
      drawn,
      "script ms/s": scriptMsPerS,
      "main thread ms/s": taskMsPerS,
      "INP of a pan, ms": pan.inpMs,
      "of it before handlers": pan.delayMs,
      "of it in handlers": pan.handlersMs,
      "heap MB": heapMb.join(" → "),
    })),
  );
  conclude({ results }, checksOf(results));
}

await runBench(bench);
