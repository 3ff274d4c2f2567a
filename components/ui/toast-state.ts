import type { ReactNode } from "react";
import { createStore } from "@/components/lib/store";

export type Said = {
  title: string;
  description?: ReactNode;
  isError?: boolean;
  /** Takes it back; the button says what it does, as "Undo". */
  undo?: { label?: string; run: () => void };
};

/** What was said and is not on the screen yet. */
export const saidToasts = createStore<readonly Said[]>([]);
