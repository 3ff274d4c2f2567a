import { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { Interrupted, onInterrupt } from "@/scripts/lib/interrupt.mjs";

/**
 * Runs a benchmark to its end, ends what it started whatever happens, and exits.
 * @param bench - registers what it starts with `cleanup`
 */
export async function runBench(bench: (cleanup: Cleanup) => Promise<void>): Promise<never> {
  const cleanup = new Cleanup();
  const { interrupted } = onInterrupt();
  const running = bench(cleanup);
  try {
    await Promise.race([running, interrupted]);
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof Interrupted)) console.error(error instanceof Error ? error.message : String(error));
  }
  await cleanup.settle(running);
  process.exit();
}
