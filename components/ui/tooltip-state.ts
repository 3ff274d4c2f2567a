import type { ReactNode } from "react";
import { createStore } from "@/components/lib/store";

export type Tip = {
  /** The component that it belongs to, and the element that it points at. */
  owner: string;
  anchor: Element;
  label: ReactNode;
  shortcut: string | undefined;
  side: "top" | "right" | "bottom" | "left";
};

/** The one tooltip that shows; there is never a second. */
export const shownTip = createStore<Tip | null>(null);

const FIRST_MS = 400;
/** The neighbours of one that showed a moment ago follow at once. */
const WARM_MS = 400;
/** Time to move onto the tooltip itself. */
const LEAVE_MS = 80;
let latest: Tip | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let hiddenAtMs = Number.NEGATIVE_INFINITY;

export function pointAt(tip: Tip, when: "soon" | "now") {
  clearTimeout(timer);
  latest = tip;
  const isWarm = shownTip.get() !== null || performance.now() - hiddenAtMs < WARM_MS;
  if (when === "now" || isWarm) shownTip.set(tip);
  else timer = setTimeout(() => shownTip.set(tip), FIRST_MS);
}

export const stay = () => clearTimeout(timer);

export function leave(when: "soon" | "now") {
  clearTimeout(timer);
  if (when === "now") hide();
  else timer = setTimeout(hide, LEAVE_MS);
}

/** What is explained goes away, and its tooltip with it. */
export function forget(owner: string) {
  if (latest?.owner === owner) leave("now");
}

function hide() {
  latest = null;
  if (shownTip.get() !== null) hiddenAtMs = performance.now();
  shownTip.set(null);
}
