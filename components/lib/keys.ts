import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { createStore } from "./store";

/** A key of the console. Single letters act only outside fields and can be switched off; `mod` is Ctrl or Cmd. */
export type Shortcut = {
  id: string;
  /** As typed: `n`, `?`, `/`, `mod+k`, `mod+enter`. */
  keys: string;
  label: string;
  /** Heading in the list of keys. */
  group: string;
  /** Missing: the key is handled by the focused row itself, and only described here. */
  run?: (event: KeyboardEvent) => void;
};

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** Does this press spell these keys? Shift is part of the character (`?`), Alt belongs to the system. */
export function matchesKeys(press: KeyPress, keys: string): boolean {
  const parts = keys.toLowerCase().split("+");
  const key = parts.at(-1) ?? "";
  const mod = press.ctrlKey || press.metaKey;
  return !press.altKey && mod === parts.includes("mod") && press.key.toLowerCase() === key;
}

/** Is the person typing, so that letters are text? */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=textbox],[role=combobox],[role=searchbox]")) return true;
  return target.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])");
}

/** How keys read on screen: `Ctrl K`. */
export const keysForEyes = (keys: string): string =>
  keys
    .split("+")
    .map((part) =>
      part === "mod" ? "Ctrl" : part.length === 1 ? part.toUpperCase() : part[0]?.toUpperCase() + part.slice(1),
    )
    .join(" ");

const registered = createStore<readonly Shortcut[]>([]);
const enabled = createStore(true);
const STORAGE = "runboard.keys";
let listening = false;

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const single = !event.ctrlKey && !event.metaKey;
  if (single && (!enabled.get() || isTyping(event.target))) return;
  // A dialog that is open owns the keyboard: no letter may act on what lies behind it.
  const dialog =
    event.target instanceof Element && event.target.closest("[role=dialog],[role=alertdialog],[role=menu]");
  if (single && dialog) return;
  const shortcut = registered.get().findLast((one) => one.run && matchesKeys(event, one.keys));
  if (!shortcut?.run) return;
  event.preventDefault();
  shortcut.run(event);
}

function listen() {
  if (listening) return;
  listening = true;
  enabled.set(localStorage.getItem(STORAGE) !== "off");
  document.addEventListener("keydown", onKeyDown);
}

/** Registers keys while the component is mounted; of two with the same keys the later one acts. */
export function useShortcuts(shortcuts: readonly Shortcut[]) {
  const run = useEffectEvent((id: string, event: KeyboardEvent) =>
    shortcuts.find((one) => one.id === id)?.run?.(event),
  );
  const signature = JSON.stringify(
    shortcuts.map(({ id, keys, label, group, run: acts }) => [id, keys, label, group, Boolean(acts)]),
  );
  useEffect(() => {
    listen();
    const own = (JSON.parse(signature) as [string, string, string, string, boolean][]).map(
      ([id, keys, label, group, acts]): Shortcut => ({
        id,
        keys,
        label,
        group,
        run: acts ? (event) => run(id, event) : undefined,
      }),
    );
    registered.set((now) => [...now, ...own]);
    return () => registered.set((now) => now.filter((one) => !own.includes(one)));
  }, [signature]);
}

const none: readonly Shortcut[] = [];
/** Every key that acts on this page, for the list of keys. */
export const useRegisteredShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(registered.subscribe, registered.get, () => none);

export const keysEnabled = (): boolean => enabled.get();
export const useKeysEnabled = (): boolean => useSyncExternalStore(enabled.subscribe, enabled.get, () => true);
/** Switches single-letter keys on or off, for people whose speech input or hands would press them by accident. */
export function setKeysEnabled(on: boolean) {
  localStorage.setItem(STORAGE, on ? "on" : "off");
  enabled.set(on);
}
