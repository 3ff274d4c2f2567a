import { writeFile } from "node:fs/promises";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { BENCH_PASSWORD } from "@/scripts/bench/lib/people";
import { ensureChromium } from "@/scripts/lib/chromium.mjs";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { waitUntil } from "@/scripts/lib/ports.mjs";

/**
 * What the page's main thread did up to a moment, as Chromium counts it: processor time, so that what other processes took
 * of the machine, those that draw among them, is left out.
 */
type Counters = { atS: number; scriptS: number; taskS: number };

/**
 * An interaction as INP counts it, ms: `inpMs` from the input to the next picture, of which `delayMs` passed before the
 * first handler ran and `handlersMs` in handlers; the rest is drawing.
 */
export type Interaction = { inpMs: number; delayMs: number; handlersMs: number };

export type MapConsole = {
  page: Page;
  /** Milliseconds of script, and of all work, on the main thread in each second of the next `seconds`. */
  busy: (seconds: number) => Promise<{ scriptMsPerS: number; taskMsPerS: number }>;
  /** The heap of the page after a collection, MB. */
  heapMb: () => Promise<number>;
  /** Drags the map a few times. @returns the slowest interaction */
  pan: () => Promise<Interaction>;
  /** Writes what the main thread does in the next `seconds`, for Chromium's developer tools. */
  profile: (seconds: number, file: string) => Promise<void>;
  drawn: () => Promise<number>;
  /** @throws Error when no unit is on the map within a minute */
  untilDrawn: () => Promise<void>;
};

/** Signs in with real Chromium and opens the map. */
export async function openMap(cleanup: Cleanup, url: string, email: string): Promise<MapConsole> {
  const { executable } = await ensureChromium();
  const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
  const browser = await chromium.launch({ ...(executable ? { executablePath: executable } : {}), args });
  cleanup.add("browser", () => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchInteractions);
  await page.goto(`${url}/sign-in?next=%2Fmap`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(BENCH_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  const map = page.locator("[data-map-ready]");
  await map.waitFor({ timeout: 60_000 });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await session.send("Performance.enable");
  const drawn = () => map.evaluate((element) => Number(element instanceof HTMLElement ? element.dataset.drawn : 0));
  return {
    page,
    untilDrawn: () => waitUntil(async () => (await drawn()) > 0, { timeoutMs: 60_000, what: "the map drew no unit" }),
    busy: (seconds) => busyIn(page, session, seconds),
    heapMb: async () => {
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      return usedSize / 2 ** 20;
    },
    pan: () => pan(page),
    profile: async (seconds, file) => {
      await session.send("Profiler.enable");
      await session.send("Profiler.start");
      await page.waitForTimeout(seconds * 1000);
      const { profile } = await session.send("Profiler.stop");
      await session.send("Profiler.disable");
      await writeFile(file, JSON.stringify(profile));
    },
    drawn,
  };
}

async function busyIn(page: Page, session: CDPSession, seconds: number) {
  const before = await counters(session);
  await page.waitForTimeout(seconds * 1000);
  const after = await counters(session);
  const perS = (key: "scriptS" | "taskS") => (1000 * (after[key] - before[key])) / (after.atS - before.atS);
  return { scriptMsPerS: perS("scriptS"), taskMsPerS: perS("taskS") };
}

async function counters(session: CDPSession): Promise<Counters> {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { atS: of("Timestamp"), scriptS: of("ScriptDuration"), taskS: of("TaskDuration") };
}

/** Runs in the page: keeps the longest interaction, as INP counts them. */
function watchInteractions() {
  const none = { inpMs: 0, delayMs: 0, handlersMs: 0 };
  Object.assign(window, { benchLongest: none });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!(entry instanceof PerformanceEventTiming) || !entry.interactionId) continue;
      if (entry.duration <= (Reflect.get(window, "benchLongest") as Interaction).inpMs) continue;
      const delayMs = entry.processingStart - entry.startTime;
      const handlersMs = entry.processingEnd - entry.processingStart;
      Object.assign(window, { benchLongest: { inpMs: entry.duration, delayMs, handlersMs } });
    }
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

async function pan(page: Page): Promise<Interaction> {
  await page.evaluate(() => Object.assign(window, { benchLongest: { inpMs: 0, delayMs: 0, handlersMs: 0 } }));
  const box = await page.locator("[data-map-ready]").boundingBox();
  if (!box) throw new Error("the map has no size");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const by of [120, -120, 80, -80]) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + by, y + by / 3, { steps: 12 });
    await page.mouse.up();
    await page.waitForTimeout(400);
  }
  return page.evaluate(() => Reflect.get(window, "benchLongest") as Interaction);
}
