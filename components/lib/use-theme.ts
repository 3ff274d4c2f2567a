import { useSyncExternalStore } from "react";
import { type Density, parseDensity, parseTheme, type Theme } from "./preferences";

const DARK = "(prefers-color-scheme: dark)";

function subscribe(changed: () => void) {
  const dark = window.matchMedia(DARK);
  dark.addEventListener("change", changed);
  window.addEventListener("runboard:theme", changed);
  window.addEventListener("runboard:density", changed);
  return () => {
    dark.removeEventListener("change", changed);
    window.removeEventListener("runboard:theme", changed);
    window.removeEventListener("runboard:density", changed);
  };
}

/** What was asked for: the theme of the system, light or dark. */
export const useThemePreference = (): Theme =>
  useSyncExternalStore(
    subscribe,
    () => parseTheme(document.documentElement.dataset.theme),
    () => "system",
  );

/** What is on the screen: for what CSS cannot colour, as the map. */
export const useResolvedTheme = (): "light" | "dark" =>
  useSyncExternalStore(
    subscribe,
    () => {
      const asked = parseTheme(document.documentElement.dataset.theme);
      return asked === "system" ? (window.matchMedia(DARK).matches ? "dark" : "light") : asked;
    },
    () => "light",
  );

export const useDensity = (): Density =>
  useSyncExternalStore(
    subscribe,
    () => parseDensity(document.documentElement.dataset.density),
    () => "comfortable",
  );
