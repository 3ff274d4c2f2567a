import { useLayoutEffect, useRef, useState } from "react";

type Handlers = Record<string, (...args: never[]) => void>;

/** Handlers that keep their identity while always doing what the newest render says: memoised rows stay as they are. */
export function useStable<T extends Handlers>(handlers: T): T {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  const [stable] = useState(
    () =>
      Object.fromEntries(
        Object.keys(handlers).map((name) => [name, (...args: never[]) => latest.current[name]?.(...args)]),
      ) as T,
  );
  return stable;
}
