import { parentPort, workerData } from "node:worker_threads";
import { runSolverThread } from "./run-solver-thread";

// What a solver thread runs: an entry of its own in the build, beside the process that starts it.
if (parentPort) await runSolverThread(workerData, parentPort);
