import { useEffect, useEffectEvent } from "react";

const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Calls back once nobody has touched this console for `idleMs`. A laptop that slept counts its sleep. */
export function useIdle(idleMs: number, onIdle: () => void, active = true) {
  const idle = useEffectEvent(onIdle);
  useEffect(() => {
    if (!active) return;
    let lastMs = Date.now();
    const alive = () => {
      lastMs = Date.now();
    };
    const check = setInterval(() => {
      if (Date.now() - lastMs >= idleMs) idle();
    }, 5000);
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, alive, { passive: true, capture: true });
    return () => {
      clearInterval(check);
      for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, alive, { capture: true });
    };
  }, [idleMs, active]);
}
