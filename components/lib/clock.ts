import { useSyncExternalStore } from "react";

let offsetMs = 0;

/** An answer takes its time: less than this is no wrong clock, in milliseconds. */
const NOTICED_MS = 2_000;

/**
 * Follows the server's clock.
 * @param serverNow - what an answer says
 * @param receivedMs - when it came, by this computer's clock
 */
export function followServerClock(serverNow: Date, receivedMs: number): void {
  const aheadMs = serverNow.getTime() - receivedMs;
  if (Math.abs(aheadMs - offsetMs) >= NOTICED_MS) offsetMs = Math.abs(aheadMs) < NOTICED_MS ? 0 : aheadMs;
}

/** Now by the server's clock: a wrong clock on a workstation makes no unit look stale. */
export const nowMs = (): number => Date.now() + offsetMs;

type Ticker = { subscribe: (tick: () => void) => () => void; read: () => number };
const tickers = new Map<number, Ticker>();

/** One timer per period for the whole page. It only says when to look; the time itself is always read anew. */
function tickerEvery(periodMs: number): Ticker {
  const known = tickers.get(periodMs);
  if (known) return known;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const made: Ticker = {
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tell, periodMs);
      document.addEventListener("visibilitychange", listener);
      return () => {
        listeners.delete(listener);
        document.removeEventListener("visibilitychange", listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => Math.floor(nowMs() / periodMs) * periodMs,
  };
  tickers.set(periodMs, made);
  return made;
}

/** The time now, in epoch milliseconds, renewed every `periodMs`; null while rendering on the server. */
export function useNow(periodMs = 1000): number | null {
  const ticker = tickerEvery(periodMs);
  return useSyncExternalStore(ticker.subscribe, ticker.read, () => null);
}
