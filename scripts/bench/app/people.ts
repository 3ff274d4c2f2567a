import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { tokenOf } from "@/e2e/faults/kit/console";
import { askJson, keepAlive } from "@/e2e/faults/kit/http";
import { aDispatcher, type Office } from "./dispatcher";
import type { Agency, Crew } from "./seed";
import type { Seen } from "./seen";

const FIX_EVERY_MS = 5_000;
/** A crew presses a button every few minutes; here every two, which is four presses a second of five hundred crews. */
const PRESS_EVERY_MS = 120_000;
const STEPS = ["en_route", "at_pickup", "loaded", "at_dropoff", "completed"] as const;

const agent = keepAlive(128);

export type Phone = { run: (untilMs: number) => Promise<void> };

/** A crew's phone: a fix every five seconds, and the steps of its trip one after the other. */
export async function aPhone(url: string, { email, tripId, deviceToken }: Crew, seen: Seen): Promise<Phone> {
  const token = await tokenOf({ url }, email);
  const post = async (n: number) => {
    const json = { takenAt: new Date().toISOString(), lat: 39.2 + n * 1e-4, lon: -76.7, speedMps: 8, headingDeg: 90 };
    const { status } = await askJson(`${url}/api/v1/positions`, { token: deviceToken, json, agent });
    if (status !== 202) throw new Error(String(status));
  };
  const press = async (status: string) => {
    const answer = await askJson(`${url}/api/v1/trips/${tripId}/status`, {
      token,
      json: { status, clientEventId: randomUUID() },
      agent,
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 80)}`);
    return (JSON.parse(answer.text) as { version: number }).version;
  };
  const fixes = async (untilMs: number) => {
    for (let n = 0; performance.now() < untilMs; n++) {
      await seen.timed("fix", () => post(n)).catch(() => undefined);
      await pause(FIX_EVERY_MS);
    }
  };
  const steps = async (untilMs: number) => {
    await pause(Math.min(Math.random() * PRESS_EVERY_MS, untilMs - performance.now()));
    for (const status of STEPS) {
      if (performance.now() > untilMs) return;
      const version = await seen.timed("status", () => press(status)).catch(() => null);
      if (version !== null) seen.pressed(tripId, version);
      await pause(Math.min(PRESS_EVERY_MS, Math.max(0, untilMs - performance.now() + 1)));
    }
  };
  return {
    run: async (untilMs) => {
      await pause(Math.random() * FIX_EVERY_MS);
      await Promise.all([fixes(untilMs), steps(untilMs)]);
    },
  };
}

/** Signs in everybody of an agency, a few at a time, and opens its consoles. */
export async function signEverybodyIn(url: string, agency: Agency, seen: Seen) {
  return {
    offices: await inFours(agency.dispatchers, async (email): Promise<Office> => {
      const office = await aDispatcher(url, email, seen);
      await office.open();
      return office;
    }),
    phones: await inFours(agency.crews, (crew): Promise<Phone> => aPhone(url, crew, seen)),
  };
}

async function inFours<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const made: Out[] = [];
  for (let from = 0; from < items.length; from += 4)
    made.push(...(await Promise.all(items.slice(from, from + 4).map(work))));
  return made;
}
