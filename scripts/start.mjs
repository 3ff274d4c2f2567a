import path from "node:path";
import { Services } from "./lib/children.mjs";
import { Cleanup } from "./lib/cleanup.mjs";
import { loadEnvFile } from "./lib/env-file.mjs";
import { Interrupted, onInterrupt } from "./lib/interrupt.mjs";
import { ROOT } from "./lib/pg-home.mjs";
import { run } from "./lib/proc.mjs";
import { nodeFlags } from "./lib/stack.mjs";

// `npm start [-- web worker realtime]`: serves what `npm run build` made; all that the environment asks for by default.
const PROCESSES = ["realtime", "web", "worker"];
const named = process.argv.slice(2);
const { interrupted } = onInterrupt();
const cleanup = new Cleanup();

async function start() {
  loadEnvFile();
  const unknown = named.filter((name) => !PROCESSES.includes(name));
  if (unknown.length > 0) throw new Error(`no such process: ${unknown.join(", ")} (${PROCESSES.join(", ")})`);
  const wanted = PROCESSES.filter((name) =>
    named.length > 0 ? named.includes(name) : !(name === "realtime" && process.env.PUSHER_HOST),
  );
  const env = { ...process.env, NODE_ENV: "production" };
  const check = await run(process.execPath, [path.join(ROOT, ".build/check-env.mjs")], {
    cwd: ROOT,
    env,
    mayFail: true,
  });
  if (check.code !== 0) throw new Error(check.stderr.trim());
  const hopeless = new Promise((_resolve, reject) => {
    const services = new Services(null, reject);
    cleanup.add("services", () => services.stop());
    for (const name of wanted) {
      const args = [...nodeFlags(name), path.join(ROOT, ".build", `${name}.mjs`)];
      // The embedded server is reached through the web port, so loopback is enough where both run.
      const extra = name === "realtime" && wanted.includes("web") ? { REALTIME_HOST: "127.0.0.1" } : {};
      services.start({ name, cwd: ROOT, args, env: { ...env, ...extra } });
    }
  });
  await Promise.race([hopeless, interrupted]);
}

const running = start();
try {
  await running;
} catch (error) {
  if (!(error instanceof Interrupted)) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
await cleanup.settle(running);
process.exit(process.exitCode ?? 0);
