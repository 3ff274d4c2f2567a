import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";

const AGAIN_AFTER_MS = 1_000;
type Told = {
  /** Called when listening starts, also again after a lost connection. */
  onListen?: () => void;
  /** Hears why listening could not start; it is tried again. */
  onError?: (error: unknown) => void;
};

/**
 * Listens to one notification on a connection of its own, which must not go through a transaction pooler. It begins as
 * soon as the database is there; a connection that is lost later is taken up again by the driver.
 * @returns how to stop, once listening has begun
 */
export async function listen(
  url: string,
  channel: string,
  onMessage: (payload: string) => void,
  { onListen, onError }: Told = {},
): Promise<() => Promise<void>> {
  for (;;) {
    const client = postgres(url, {
      max: 1,
      onnotice: () => undefined,
      connection: { application_name: `runboard-listen` },
    });
    try {
      await client.listen(channel, onMessage, onListen);
      return () => client.end({ timeout: 1 });
    } catch (error) {
      onError?.(error);
      await client.end({ timeout: 1 });
      await wait(AGAIN_AFTER_MS, undefined, { ref: false });
    }
  }
}
