import { createStore } from "./store";

type State<T> = { part: T; failed: false } | { part: null; failed: boolean };

/** Something of the page that is fetched after it: once, by whoever needs it first; a failed try is followed by another. */
export type LoadedOnce<T> = {
  get: () => State<T>;
  subscribe: (listener: () => void) => () => void;
  /** Fetches it unless it is there or on its way. Never rejects: `get` tells. */
  load: () => Promise<void>;
  /** Hands it over instead: for a page that must work without fetching anything more. */
  give: (part: T) => void;
};

export function loadedOnce<T>(fetchPart: () => Promise<T>): LoadedOnce<T> {
  const state = createStore<State<T>>({ part: null, failed: false });
  let underWay: Promise<void> | null = null;
  const fetchNow = async () => {
    try {
      state.set({ part: await fetchPart(), failed: false });
    } catch {
      // Offline, or a new version was rolled out: shown where the part belongs, with a way to try again.
      state.set({ part: null, failed: true });
    } finally {
      underWay = null;
    }
  };
  const load = (): Promise<void> => {
    if (state.get().part !== null) return Promise.resolve();
    underWay ??= fetchNow();
    return underWay;
  };
  const give = (part: T) => state.set({ part, failed: false });
  return { get: state.get, subscribe: state.subscribe, load, give };
}

const waiting: (() => Promise<void>)[] = [];
let isRunning = false;

/** Fetches one part after the other while nothing else is to be done, once the page itself is complete. */
export function whenIdle(load: () => Promise<void>) {
  if (typeof window === "undefined") return;
  waiting.push(load);
  if (isRunning) return;
  isRunning = true;
  if (document.readyState === "complete") next();
  else window.addEventListener("load", next, { once: true });
}

const next = () => void idle(() => void fetchNext());

async function fetchNext() {
  const load = waiting.shift();
  isRunning = load !== undefined;
  if (!load) return;
  await load();
  next();
}

/** Safari knows no idle callbacks. */
const idle = (run: () => void) =>
  "requestIdleCallback" in window ? requestIdleCallback(run, { timeout: 2000 }) : setTimeout(run, 200);
