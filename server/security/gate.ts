import "server-only";
import { AppError } from "@/server/errors";

/**
 * Lets so many run at once and so many wait; whoever comes after that is asked to come again.
 * @throws AppError unavailable when the queue is full
 */
export function gate({ running: most, waiting: longest }: { running: number; waiting: number }) {
  const queue: (() => void)[] = [];
  let running = 0;
  const enter = async () => {
    if (running < most) {
      running++;
      return;
    }
    if (queue.length >= longest) throw new AppError("unavailable", "too many sign-ins at once", [], 2);
    // The one that leaves hands its place on, so `running` stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  const leave = () => {
    const next = queue.shift();
    if (next) next();
    else running--;
  };
  return async <T>(run: () => Promise<T>): Promise<T> => {
    await enter();
    try {
      return await run();
    } finally {
      leave();
    }
  };
}
