import path from "node:path";
import { NoChroot } from "./lib/chroot.mjs";
import { Cleanup } from "./lib/cleanup.mjs";
import { checkImage } from "./lib/image-check.mjs";
import { onInterrupt } from "./lib/interrupt.mjs";
import { ROOT } from "./lib/pg-home.mjs";
import { scratchDir } from "./lib/scratch.mjs";
import { say } from "./lib/steps.mjs";

// `npm run image:check`: the steps of deploy/Dockerfile in a clean Debian, without a container engine.
const { interrupted } = onInterrupt();
const cleanup = new Cleanup();

async function check() {
  const scratch = await scratchDir(path.join(ROOT, ".data"), "image-check-");
  cleanup.add("scratch folder", scratch.remove);
  await checkImage(scratch.dir);
}

const running = check();
try {
  await Promise.race([running, interrupted]);
} catch (error) {
  say(error instanceof NoChroot ? `skipped: ${error.message}` : error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof NoChroot ? 0 : 1;
}
await cleanup.settle(running);
process.exit(process.exitCode ?? 0);
