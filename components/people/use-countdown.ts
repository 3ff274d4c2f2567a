"use client";

import { useEffect, useState } from "react";

/** Seconds left of a wait, and how to begin one. */
export function useCountdown(): [leftS: number, begin: (seconds: number) => void] {
  const [leftS, setLeftS] = useState(0);
  const isRunning = leftS > 0;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setLeftS((left) => Math.max(0, left - 1)), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return [leftS, setLeftS];
}
