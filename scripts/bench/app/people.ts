import { setTimeout as pause } from "node:timers/promises";
import { aConsole, tokenOf } from "@/e2e/faults/kit/console";
import { askJson, keepAlive } from "@/e2e/faults/kit/http";
import type { Agency, Crew } from "./seed";

/** What people saw: milliseconds of each kind of call, and what failed. */
export type Seen = { boardMs: number[]; statusMs: number[]; fixMs: number[]; failures: Map<string, number> };
export const nothingSeen = (): Seen => ({ boardMs: [], statusMs: [], fixMs: [], failures: new Map() });

/** A console reads its board again so soon after it was told of a change, and at least so often. */
const REREAD_MS = 500;
const POLL_MS = 30_000;
const FIX_EVERY_MS = 5_000;
/** A crew presses a button every few minutes; here every two, which is four presses a second of five hundred crews. */
const PRESS_EVERY_MS = 120_000;
const STEPS = ["en_route", "at_pickup", "loaded", "at_dropoff", "completed"] as const;

const agent = keepAlive(128);

async function timed(into: number[], seen: Seen, what: string, call: () => Promise<void>): Promise<void> {
  const from = performance.now();
  try {
    await call();
    into.push(performance.now() - from);
  } catch (error) {
    const name = `${what}: ${error instanceof Error ? error.message.slice(0, 120) : typeof error}`;
    seen.failures.set(name, (seen.failures.get(name) ?? 0) + 1);
  }
}

export type Office = { tell: () => void; run: (untilMs: number, seen: Seen) => Promise<void> };

/** A dispatcher's console: reads the board when told of a change, and now and then anyway. */
export async function aDispatcher(url: string, email: string): Promise<Office> {
  const { trpc } = await aConsole({ url }, email);
  let isTold = true;
  return {
    tell: () => {
      isTold = true;
    },
    run: async (untilMs, seen) => {
      let readAtMs = Number.NEGATIVE_INFINITY;
      await pause(Math.random() * REREAD_MS);
      while (performance.now() < untilMs) {
        if (isTold || performance.now() - readAtMs > POLL_MS) {
          isTold = false;
          readAtMs = performance.now();
          await timed(seen.boardMs, seen, "board", async () => void (await trpc.board.get.query({})));
        }
        await pause(REREAD_MS * (0.5 + Math.random()));
      }
    },
  };
}

export type Phone = { run: (untilMs: number, seen: Seen, onChange: () => void) => Promise<void> };

/** A crew's phone: a fix every five seconds, and the steps of its trip one after the other. */
export async function aPhone(url: string, { email, tripId, deviceToken }: Crew): Promise<Phone> {
  const token = await tokenOf({ url }, email);
  const fixes = async (untilMs: number, seen: Seen) => {
    for (let n = 0; performance.now() < untilMs; n++) {
      const json = { takenAt: new Date().toISOString(), lat: 39.2 + n * 1e-4, lon: -76.7, speedMps: 8, headingDeg: 90 };
      await timed(seen.fixMs, seen, "fix", async () => {
        const { status } = await askJson(`${url}/api/v1/positions`, { token: deviceToken, json, agent });
        if (status !== 202) throw new Error(String(status));
      });
      await pause(FIX_EVERY_MS);
    }
  };
  const steps = async (untilMs: number, seen: Seen, onChange: () => void) => {
    await pause(Math.min(Math.random() * PRESS_EVERY_MS, untilMs - performance.now()));
    for (const status of STEPS) {
      if (performance.now() > untilMs) return;
      await timed(seen.statusMs, seen, "status", async () => {
        const answer = await askJson(`${url}/api/v1/trips/${tripId}/status`, { token, json: { status }, agent });
        if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 80)}`);
      });
      onChange();
      await pause(Math.min(PRESS_EVERY_MS, Math.max(0, untilMs - performance.now() + 1)));
    }
  };
  return {
    run: async (untilMs, seen, onChange) => {
      await pause(Math.random() * FIX_EVERY_MS);
      await Promise.all([fixes(untilMs, seen), steps(untilMs, seen, onChange)]);
    },
  };
}

/** Signs in everybody of an agency, a few at a time. */
export async function signEverybodyIn(url: string, agency: Agency): Promise<{ offices: Office[]; phones: Phone[] }> {
  return {
    offices: await inFours(agency.dispatchers, (email) => aDispatcher(url, email)),
    phones: await inFours(agency.crews, (crew) => aPhone(url, crew)),
  };
}

async function inFours<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const made: Out[] = [];
  for (let from = 0; from < items.length; from += 4)
    made.push(...(await Promise.all(items.slice(from, from + 4).map(work))));
  return made;
}
