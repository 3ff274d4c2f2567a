import { Agent, request as ask } from "node:http";

/** So many consoles of one web process may ask in the same moment without one of them waiting for its connection. */
const AHEAD = 512;

/** Connections to a server behind a socket of the file system: as many as there are requests under way, kept for the next. */
export const keptConnections = (): Agent => new Agent({ keepAlive: true, maxFreeSockets: AHEAD });

/**
 * Opens connections before they are needed. Node takes one new connection in each turn of its event loop: when one change
 * lets hundreds of consoles ask at once, and a turn takes tens of milliseconds, the last of their connections would wait
 * ten seconds while those that are open already are answered at once. Each carries a request that names no caller
 * (`isOpenedAhead`), which callers from outside cannot send. What cannot be opened now is opened when it is needed.
 */
export async function openAhead(socketPath: string, agent: Agent): Promise<void> {
  const open = () =>
    new Promise<void>((resolve) => {
      const sent = ask({ socketPath, agent, method: "HEAD" });
      sent.on("response", (answer) => answer.resume().on("close", resolve));
      sent.on("error", () => resolve());
      sent.end();
    });
  await Promise.all(Array.from({ length: AHEAD }, open));
}
