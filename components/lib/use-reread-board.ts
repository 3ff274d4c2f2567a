import { useQueryClient } from "@tanstack/react-query";
import type { BoardSubject } from "./board-news";
import { useTRPC } from "./trpc";
import { useBoardReader } from "./use-board";

/** For who changed something: shows it without waiting for the feed. Each promise ends when the board shows it. */
export function useRereadBoard() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const reader = useBoardReader();
  const withManifests = (done: Promise<unknown>) =>
    Promise.all([done, queries.invalidateQueries(trpc.board.manifest.pathFilter())]);
  return {
    /** One trip, unit (its shift) or exception, with all that its change touches. */
    row: (subject: BoardSubject, id: string) => withManifests(reader.reread([{ subject, id, version: null }])),
    all: () => withManifests(queries.invalidateQueries(trpc.board.get.pathFilter())),
  };
}
