import type { MetricValues } from "@/server/metrics";

/** What the public port's process tells the one of the pages … */
export type ToPages =
  | { tell: "draining" }
  | { tell: "stop" }
  | { tell: "metrics"; asked: number; metrics: MetricValues };
/** … and hears from it. */
export type FromPages = { tell: "ready" } | { tell: "ask-metrics"; asked: number };
