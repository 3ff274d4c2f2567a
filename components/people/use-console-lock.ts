"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";

const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const LAST_ACTIVE = "rb-last-active";
/** Name in localStorage: "1" while this browser's console waits for its password. */
export const LOCKED = "rb-locked";
const NOTE_EVERY_MS = 5_000;
const TOUCH_EVERY_MS = 60_000;

const readTime = (name: string) => Number(localStorage.getItem(name) ?? 0);

/** Marks activity for all windows of this browser: a board and a map on two screens are one person. */
function useActivity(
  active: boolean,
  { onTouch, onCheck }: { onTouch: () => void; onCheck: (idleMs: number) => void },
) {
  const touch = useEffectEvent(onTouch);
  const check = useEffectEvent(onCheck);
  useEffect(() => {
    if (!active) return;
    let touchedMs = 0;
    const alive = () => {
      const nowMs = Date.now();
      if (nowMs - readTime(LAST_ACTIVE) >= NOTE_EVERY_MS) localStorage.setItem(LAST_ACTIVE, String(nowMs));
      if (nowMs - touchedMs < TOUCH_EVERY_MS) return;
      touchedMs = nowMs;
      touch();
    };
    alive();
    const timer = setInterval(() => check(Date.now() - readTime(LAST_ACTIVE)), NOTE_EVERY_MS);
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, alive, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, alive, { capture: true });
    };
  }, [active]);
}

/** Hears when another window of this browser locks or resumes. */
function useOtherWindows(onChange: (locked: boolean) => void) {
  const change = useEffectEvent(onChange);
  useEffect(() => {
    const heard = (event: StorageEvent) => {
      if (event.key === LOCKED) change(event.newValue === "1");
    };
    window.addEventListener("storage", heard);
    return () => window.removeEventListener("storage", heard);
  }, []);
}

/**
 * The idle lock of a console. The server locks by itself too; this only makes it visible at once.
 * @param initiallyLocked - as the layout found the session
 * @param lockAfterS - seconds without activity; 0 never locks by itself
 */
export function useConsoleLock(initiallyLocked: boolean, lockAfterS: number) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [locked, setLocked] = useState(initiallyLocked);
  const tellOthers = (isLocked: boolean) => {
    localStorage.setItem(LOCKED, isLocked ? "1" : "0");
    setLocked(isLocked);
  };
  const { mutate: lockIt } = useMutation(trpc.session.lock.mutationOptions());
  const { mutateAsync: unlock } = useMutation(trpc.session.unlock.mutationOptions());
  const touch = useMutation(
    trpc.session.touch.mutationOptions({ onSuccess: ({ locked: isLocked }) => isLocked && setLocked(true) }),
  );
  const lock = () => {
    tellOthers(true);
    lockIt();
  };
  useActivity(!locked, {
    onTouch: () => touch.mutate(),
    onCheck: (idleMs) => lockAfterS > 0 && idleMs >= lockAfterS * 1000 && lock(),
  });
  useOtherWindows((isLocked) => {
    setLocked(isLocked);
    if (!isLocked) void queries.invalidateQueries();
  });
  /** @returns why not, or null */
  const resume = async (password: string): Promise<string | null> => {
    try {
      await unlock({ password });
    } catch (error) {
      return refusalText(error);
    }
    localStorage.setItem(LAST_ACTIVE, String(Date.now()));
    tellOthers(false);
    await queries.invalidateQueries();
    return null;
  };
  return { locked, lock, resume };
}
