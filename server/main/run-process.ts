const STOP_WITHIN_MS = 10_000;

/** What a process needs to be stopped: finish what is under way, close what is open. */
export type Running = {
  stop: () => Promise<void>;
  /** What stopping may take beyond 10 s, in milliseconds. */
  graceMs?: number;
};

/**
 * Runs one of our processes: a failed start is one line and exit code 1; SIGTERM, SIGINT or the death of the process that
 * started it with an IPC channel stop it once, within 10 s and its grace.
 * @param name - for the lines it prints
 * @param start - resolves once it serves
 */
export async function runProcess(name: string, start: () => Promise<Running>): Promise<void> {
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    console.error(`${name} could not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(
      () => {
        console.error(`${name} did not finish in time`);
        process.exit(1);
      },
      STOP_WITHIN_MS + (running.graceMs ?? 0),
    ).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`${name} could not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop);
}
