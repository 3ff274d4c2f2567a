import { useEffect, useRef } from "react";
import { chime } from "@/components/lib/sound";
import type { BoardException } from "@/server/domain/trips/board-view";
import { gradeOf } from "./exception-words";

const LOUDNESS = { warn: 0, alert: 1, emergency: 2 } as const;
const CHIMES = ["new", "alert", "emergency"] as const;

/** Sounds once for what is new or has become worse since the list was last read; the worst of it speaks. */
export function useChimes(exceptions: readonly BoardException[] | undefined) {
  const heard = useRef<Map<string, number> | null>(null);
  useEffect(() => {
    if (!exceptions) return;
    const before = heard.current;
    heard.current = new Map(exceptions.map(({ id, severity }) => [id, LOUDNESS[gradeOf(severity)]]));
    if (!before) return;
    const fresh = [...heard.current].filter(([id, loudness]) => loudness > (before.get(id) ?? -1));
    const loudest = Math.max(-1, ...fresh.map(([, loudness]) => loudness));
    const kind = CHIMES[loudest];
    if (kind) chime(kind);
  }, [exceptions]);
}
