import { fork } from "node:child_process";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import type { RealtimePublisher } from "@/server/integrations/pusher/publisher";
import { type Credentials } from "./follow";

/** As an installation with twenty agencies: each event reaches a twentieth of all. */
const CHANNELS = 20;
const CHANNEL = "private-bench.crowd";
const EVENTS = 200;
const EVERY_MS = 50;
const PADDING = "x".repeat(1_000);

export type Crowd = { subscribers: number; expected: number; received: number; sortedMs: number[] };

/** Tells a child what to hold, and hears what it held. */
type FromChild = { joined: number } | { latenciesMs: number[] };

/** Many subscribers, held by processes of their own; each event must reach every subscriber of its channel. */
export async function crowd(
  cleanup: Cleanup,
  publisher: RealtimePublisher,
  options: { port: number; credentials: Credentials; subscribers: number; onJoined: () => void },
): Promise<Crowd> {
  const each = 5_000;
  const parts = Array.from({ length: Math.ceil(options.subscribers / each) }, (_, n) =>
    Math.min(each, options.subscribers - n * each),
  );
  const children = parts.map((count) => {
    const args = [String(options.port), options.credentials.key, String(count), CHANNEL, String(CHANNELS)];
    const child = fork(path.join(ROOT, "scripts/bench/realtime/hold.mjs"), args, {
      env: { PATH: process.env.PATH, NODE_ENV: "production", BENCH_PUSHER_SECRET: options.credentials.secret },
      execArgv: [],
    });
    cleanup.add("subscribers", () => Promise.resolve(void child.kill()));
    return child;
  });
  const answers = () =>
    Promise.all(
      children.map(
        (child) =>
          new Promise<FromChild>((resolve) => child.once("message", (message) => resolve(message as FromChild))),
      ),
    );
  const joined = (await answers()).reduce((sum, answer) => sum + ("joined" in answer ? answer.joined : 0), 0);
  options.onJoined();
  for (let n = 0; n < EVENTS; n++) {
    // Unix milliseconds with a fraction: the same clock in every process of the machine.
    const t = performance.timeOrigin + performance.now();
    await publisher.publish([{ channel: `${CHANNEL}${n % CHANNELS}`, name: "tick", data: { t, n, PADDING } }]);
    await pause(EVERY_MS);
  }
  await pause(2_000);
  const told = answers();
  for (const child of children) child.send("report");
  const sortedMs = (await told)
    .flatMap((answer) => ("latenciesMs" in answer ? answer.latenciesMs : []))
    .sort((a, b) => a - b);
  return { subscribers: joined, expected: (joined * EVENTS) / CHANNELS, received: sortedMs.length, sortedMs };
}
