"use client";

import { idlePart, useLoaded } from "@/components/lib/later";
import { type Said, saidToasts } from "./toast-state";

export const toastLayer = idlePart(() => import("./toast-layer").then((part) => part.ToastLayer));
/** How long to wait before what draws toasts is fetched again, milliseconds. */
const RETRY_MS = 3000;

function say(said: Said) {
  saidToasts.set((all) => [...all, said]);
  void draw();
}

/** What was said is not lost while the drawing of it cannot be fetched. */
async function draw() {
  await toastLayer.load();
  if (toastLayer.get().failed) setTimeout(() => void draw(), RETRY_MS);
}

/** Says that something was done, for six seconds, with a way back. */
export function toast(title: string, options: Pick<Said, "undo" | "description"> = {}): void {
  say({ title, ...options });
}

/** Says what failed and why. Stays until read. */
export function toastError(title: string, description?: Said["description"]): void {
  say({ title, description, isError: true });
}

/** Draws the toasts. Mounted once. */
export function Toasts() {
  const { part: Layer } = useLoaded(toastLayer);
  return Layer && <Layer />;
}
