import type { MessagePort } from "node:worker_threads";
import { runCombineThread } from "./combine-thread";
import { runLayThread } from "./lay-thread";
import type { CombineTask, LayTask, SearchTask } from "./messages";
import { runSearchThread } from "./search-thread";

/** What a thread does with the task it was started with. */
export function runSolverThread(task: SearchTask | CombineTask | LayTask, port: MessagePort): Promise<void> {
  if (task.kind === "search") return runSearchThread(task, port);
  return task.kind === "combine" ? runCombineThread(task, port) : runLayThread(task, port);
}
