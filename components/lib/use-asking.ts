import { useRef, useState } from "react";

/**
 * One question to the server at a time: which one is under way, and why the last one was refused, until the next.
 * For what is not optimistic: nothing shows as done before the promise answers.
 */
export function useAsking<Key extends string = "asking">() {
  const [asking, setAsking] = useState<Key | null>(null);
  const [error, setError] = useState<unknown>(null);
  const isUnderWay = useRef(false);
  const run = async (key: Key, work: () => Promise<unknown>) => {
    isUnderWay.current = true;
    setAsking(key);
    setError(null);
    try {
      await work();
    } catch (refused) {
      setError(refused);
    } finally {
      isUnderWay.current = false;
      setAsking(null);
    }
  };
  const ask = (key: Key, work: () => Promise<unknown>) => {
    if (!isUnderWay.current) void run(key, work);
  };
  return { asking, error, ask, clearError: () => setError(null) };
}
