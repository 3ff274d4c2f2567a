import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "@/scripts/county/random";
import { groupBy } from "@/server/domain/group-by";
import { Session } from "./api-client";
import { Caller } from "./caller";
import { WORKING } from "./crew-plan";
import { type Depot, Fleet } from "./fleet";
import { type Options, readOptions } from "./options";
import { newTally } from "./reporter";
import { StateFile } from "./state-file";
import { Trip } from "./wire";
import { World } from "./world";

const WATCH_MS = 4000;
const MEND_MS = 180_000;
const TELL_MS = 60_000;
const STEP_MS = 100;

const say = (text: string) => console.log(`simulator: ${text}`);

/** Repeats some work until the end; a failure is told and tried again, never fatal. */
async function keepDoing(what: string, everyMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
      await sleep(everyMs, undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      say(`${what}: ${error instanceof Error ? error.message : "failed"}`);
      await sleep(Math.max(everyMs, 5000), undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Moves every unit once per interval, spread over it, so that the server sees a stream and not bursts. */
async function driveAll(fleet: Fleet, { options, random, signal }: Depot): Promise<void> {
  const due = new Map<string, number>();
  await keepDoing("driving", STEP_MS, signal, async () => {
    const now = Date.now();
    for (const [id, unit] of fleet.units) {
      const at = due.get(id) ?? now + random() * options.intervalS * 1000;
      if (now >= at) unit.tick(new Date(now), options.intervalS);
      // After a pause (a sleeping laptop) the clock starts afresh instead of catching up.
      due.set(id, now < at ? at : Math.max(at + options.intervalS * 1000, now));
    }
  });
}

async function watchTrips(fleet: Fleet, { admin, signal }: Depot, onOpen: (open: number) => void): Promise<void> {
  await keepDoing("watching trips", WATCH_MS, signal, async () => {
    const trips = await admin.list(`/trips?status=${WORKING.join(",")}`, Trip);
    const byShift = groupBy(trips, (trip) => trip.assignment?.shiftId ?? "");
    for (const unit of fleet.units.values()) unit.learn(byShift.get(unit.shiftId) ?? []);
    onOpen(trips.length);
  });
}

async function run(options: Options, signal: AbortSignal): Promise<void> {
  const world = await World.open(options.countyDir);
  const admin = await Session.signIn(options.url, { email: options.adminEmail, password: options.password }, signal);
  const state = await StateFile.open(options.dataDir, options.url);
  const random = seededRandom(Date.now() % 2 ** 31);
  const tally = newTally();
  const depot: Depot = { options, admin, state, world, tally, random, signal, say };
  const fleet = new Fleet(depot);
  const strands = [driveAll(fleet, depot)];
  let open = 0;
  strands.push(watchTrips(fleet, depot, (n) => (open = n)));
  await fleet.muster();
  strands.push(
    keepDoing("mending", 0, signal, async () => {
      await sleep(MEND_MS, undefined, { signal });
      await fleet.mend();
    }),
  );
  if (options.callsPerHour > 0) {
    const caller = await Caller.open({
      dispatcher: admin,
      world,
      random,
      perHour: options.callsPerHour,
      nowMs: Date.now(),
    });
    strands.push(keepDoing("calls", 1000, signal, () => caller.tick(Date.now(), open < fleet.units.size * 0.7)));
  }
  strands.push(
    keepDoing("telling", 0, signal, async () => {
      await sleep(TELL_MS, undefined, { signal });
      say(
        `${fleet.units.size} units, ${open} open trips, fixes: ${tally.accepted} stored of ${tally.sent} sent, ${tally.quarantined} set aside, ${tally.failed} refused`,
      );
    }),
  );
  await Promise.all(strands);
  await fleet.close();
  await admin.signOut();
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending.abort());
  if (options.durationS !== undefined) setTimeout(() => ending.abort(), options.durationS * 1000).unref();
  await run(options, ending.signal).catch((error: unknown) => {
    if (!ending.signal.aborted) throw error;
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
