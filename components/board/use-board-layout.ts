import { useSyncExternalStore } from "react";
import { createStore } from "@/components/lib/store";

export type BoardLayout = "horizontal" | "vertical";
const STORAGE = "runboard.board.layout";
const layout = createStore<BoardLayout | null>(null);

const remembered = (): BoardLayout => (localStorage.getItem(STORAGE) === "vertical" ? "vertical" : "horizontal");

/** How the two lists of trips stand: side by side, or one above the other with room for every column. */
export function useBoardLayout(): [BoardLayout, () => void] {
  const now = useSyncExternalStore(
    layout.subscribe,
    () => layout.get() ?? remembered(),
    (): BoardLayout => "horizontal",
  );
  const toggle = () => {
    const next = now === "horizontal" ? "vertical" : "horizontal";
    localStorage.setItem(STORAGE, next);
    layout.set(next);
  };
  return [now, toggle];
}
