import { afterEach, expect, test } from "vitest";
import { allMetrics, frontMetrics, metrics } from "./metrics";

const alone = frontMetrics().read;
afterEach(() => {
  frontMetrics().read = alone;
});

test("the metrics of the process in front are added to those of this one", async () => {
  metrics().fixesAccepted.inc({ client: "native" }, 2);
  metrics().commitSeconds.observe(0.02);
  expect(await allMetrics()).toMatch(/^runboard_fixes_accepted_total\{client="native"\} 2$/m);
  const front = await metrics().registry.getMetricsAsJSON();
  // As it arrives from another process.
  frontMetrics().read = () => Promise.resolve(JSON.parse(JSON.stringify(front)) as typeof front);
  const text = await allMetrics();
  expect(text).toMatch(/^runboard_fixes_accepted_total\{client="native"\} 4$/m);
  expect(text).toMatch(/^runboard_ingest_commit_duration_seconds_bucket\{le="0.025"\} 2$/m);
  expect(text).toMatch(/^runboard_ingest_commit_duration_seconds_count 2$/m);
  expect(text.match(/^# TYPE process_resident_memory_bytes gauge$/gm)).toHaveLength(1);
});
