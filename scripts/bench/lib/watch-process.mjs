// Loaded into a process by `--import`: writes to BENCH_WATCH_DIR ten times a second how long its event loop was held up at
// most, how long it collected garbage, and what its memory is made of, until it ends.
import fs from "node:fs";
import path from "node:path";
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";

const EVERY_MS = 100;
const dir = process.env.BENCH_WATCH_DIR;
const name = path.basename(process.argv[1] ?? "node", ".mjs");
if (dir && process.channel) {
  const file = fs.openSync(path.join(dir, `${name}.jsonl`), "w");
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  let cpu = process.cpuUsage();
  let gcMs = 0;
  let fullMs = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { duration } = entry;
      const { kind } = /** @type {{ kind?: number }} */ ("detail" in entry ? entry.detail : {});
      gcMs += duration;
      // 4: mark and sweep. https://nodejs.org/api/perf_hooks.html#performancenodegc
      if (kind === 4) fullMs += duration;
    }
  }).observe({ entryTypes: ["gc"] });
  const line = () => {
    const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
    const memory = { rss, heapTotal, heapUsed, external, arrayBuffers };
    const { user, system } = process.cpuUsage(cpu);
    cpu = process.cpuUsage();
    const heldMs = Math.max(0, loop.max / 1e6 - 5);
    fs.writeSync(
      file,
      `${JSON.stringify({ atMs: Date.now(), heldMs, gcMs, fullMs, cpuMs: (user + system) / 1e3, ...memory })}\n`,
    );
    loop.reset();
    gcMs = 0;
    fullMs = 0;
  };
  setInterval(line, EVERY_MS).unref();
}
