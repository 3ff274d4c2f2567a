const STOP_WITHIN_MS = 10_000;

/** What a process needs to be stopped: finish what is under way, close what is open. */
export type Running = {
  stop: () => Promise<void>;
  /** What stopping may take beyond 10 s, in milliseconds. */
  graceMs?: number;
};

/** Who ends a process: anybody by SIGTERM or SIGINT, or the process that started it, by the message `{ tell: "stop" }`. */
export type EndedBy = "signal" | "parent";

/**
 * Runs one of our processes: a failed start is one line and exit code 1; whoever may end it, or the death of the process
 * that started it with an IPC channel, stops it once, within 10 s and its grace.
 * @param name - for the lines it prints
 * @param start - resolves once it serves
 * @param endedBy - a signal to the whole group must not end what another of its processes still needs: `parent`
 */
export async function runProcess(
  name: string,
  start: () => Promise<Running>,
  endedBy: EndedBy = "signal",
): Promise<void> {
  const hadParent = process.connected;
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
  const onSignal = endedBy === "signal" ? stop : () => undefined;
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  process.on("disconnect", stop);
  process.on("message", (message: unknown) => {
    if (endedBy === "parent" && isStop(message)) stop();
  });
  // It may have gone while this one started.
  if (hadParent && !process.connected) stop();
}

const isStop = (message: unknown) =>
  typeof message === "object" && message !== null && "tell" in message && message.tell === "stop";
