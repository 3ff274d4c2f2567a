import "server-only";
import postgres from "postgres";

/**
 * Listens to one notification on a connection of its own, which must not go through a transaction pooler. A lost
 * connection is taken up again by the driver.
 * @param onListen - called when listening starts, also again after a lost connection
 * @returns how to stop
 */
export async function listen(
  url: string,
  channel: string,
  onMessage: (payload: string) => void,
  onListen?: () => void,
): Promise<() => Promise<void>> {
  const client = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: `runboard-listen` },
  });
  try {
    await client.listen(channel, onMessage, onListen);
  } catch (error) {
    await client.end({ timeout: 1 });
    throw error;
  }
  return () => client.end({ timeout: 1 });
}
