import type { MessagePort } from "node:worker_threads";
import { runCombineThread } from "./combine-thread";
import type { CombineTask, SearchTask } from "./messages";
import { runSearchThread } from "./search-thread";

/** What a thread does with the task it was started with. */
export const runSolverThread = (task: SearchTask | CombineTask, port: MessagePort): Promise<void> =>
  task.kind === "search" ? runSearchThread(task, port) : runCombineThread(task, port);
