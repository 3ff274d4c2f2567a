import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { metrics } from "@/server/metrics";
import type { FromPages, ToPages } from "./pages-messages";

const FASTEST_DEATH_MS = 3_000;
const MOST_DEATHS = 3;
const PAUSE_MS = 300;
/** Of pages more outlives its first moments than of fixes: much room for what is young is mostly taken memory, MB. */
const YOUNG = "--max-semi-space-size=16";

export type Pages = {
  /** Where they are served, in a folder that only this user may enter. */
  socketPath: string;
  /** They say "not ready" from now on. */
  markDraining: () => void;
  stop: () => Promise<void>;
};

type Listeners = {
  /** Each time it has begun to serve. */
  onServing: (socketPath: string) => Promise<void>;
  /** It dies again and again. */
  onHopeless: (error: Error) => void;
};

/**
 * Starts the process of the pages and keeps it up; resolves when it serves.
 * @throws Error when it ends before it serves
 */
export async function startPages(listeners: Listeners): Promise<Pages> {
  const dir = mkdtempSync(path.join(tmpdir(), "runboard-"));
  const socketPath = path.join(dir, "pages.sock");
  const keeper = new Keeper(socketPath, listeners);
  try {
    await keeper.start();
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return {
    socketPath,
    markDraining: () => keeper.tell({ tell: "draining" }),
    stop: async () => {
      await keeper.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

class Keeper {
  #child: ChildProcess | null = null;
  #exited: Promise<void> = Promise.resolve();
  #deaths = 0;
  #isStopping = false;

  constructor(
    private readonly socketPath: string,
    private readonly listeners: Listeners,
  ) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#launch(resolve, (how) => reject(new Error(`the pages ended (${how})`)));
    });
    await this.listeners.onServing(this.socketPath);
  }

  tell(message: ToPages): void {
    if (this.#child?.connected) this.#child.send(message);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.tell({ tell: "stop" });
    await this.#exited;
  }

  /** @param onEnd - instead of starting it again, as long as it has never served */
  #launch(onReady: () => void, onEnd?: (how: string) => void): void {
    const startedAt = Date.now();
    const child = fork(fileURLToPath(new URL("pages.mjs", import.meta.url)), [this.socketPath], {
      // The same flags otherwise: the bound of the heap, and that it ends with whoever started it.
      execArgv: [...process.execArgv, YOUNG],
      env: { ...process.env, MALLOC_ARENA_MAX: "2" },
    });
    this.#child = child;
    let hasServed = false;
    child.on("message", (message: FromPages) => {
      if (message.tell === "ready") {
        hasServed = true;
        onReady();
      } else this.#giveMetrics(message.asked);
    });
    this.#exited = new Promise((resolve) => {
      child.on("exit", (code, signal) => {
        resolve();
        const how = String(signal ?? code);
        if (!hasServed && onEnd) onEnd(how);
        else this.#revive(Date.now() - startedAt, how);
      });
    });
  }

  #revive(livedMs: number, how: string): void {
    if (this.#isStopping) return;
    this.#deaths = livedMs < FASTEST_DEATH_MS ? this.#deaths + 1 : 0;
    if (this.#deaths >= MOST_DEATHS) {
      this.listeners.onHopeless(new Error(`the pages do not stay up (${how})`));
      return;
    }
    console.error(`web: the pages ended (${how}): starting them again`);
    setTimeout(() => {
      if (this.#isStopping) return;
      this.#launch(() => {
        console.log("web: the pages serve again");
        void this.listeners.onServing(this.socketPath);
      });
    }, PAUSE_MS);
  }

  #giveMetrics(asked: number): void {
    metrics()
      .registry.getMetricsAsJSON()
      .then(
        (all) => this.tell({ tell: "metrics", asked, metrics: all }),
        (error: unknown) => console.error("web: no metrics", error instanceof Error ? error.name : typeof error),
      );
  }
}
