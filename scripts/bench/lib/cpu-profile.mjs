// Loaded into a process by `--import`: leaves a CPU profile in BENCH_PROFILE_DIR when the process exits. SIGUSR2 starts it
// anew, so that the start and the warm-up stay out of it.
import fs from "node:fs";
import { Session } from "node:inspector";
import path from "node:path";

const dir = process.env.BENCH_PROFILE_DIR;
const name = path.basename(process.argv[1] ?? "node", ".mjs");
if (dir && process.channel) {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: 500 });
  session.post("Profiler.start");
  process.on("SIGUSR2", () => session.post("Profiler.stop", () => session.post("Profiler.start")));
  process.on("exit", () =>
    session.post("Profiler.stop", (error, result) => {
      if (!error) fs.writeFileSync(path.join(dir, `${name}.cpuprofile`), JSON.stringify(result.profile));
    }),
  );
}
