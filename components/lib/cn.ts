import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    classGroups: { "font-size": [{ text: ["label", "table", "base", "title", "touch", "figure"] }] },
    theme: { spacing: ["row", "control", "rail", "bar"] },
  },
});

/** Joins class names; the later of two that contradict each other wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
