import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { expect, test, vi } from "vitest";
import { listen } from "./listen";
import { useTestDatabase } from "./testing/database";

const database = useTestDatabase();

/** A way to the database that can be opened and closed. */
async function aWay() {
  const target = new URL(database.urls.app);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const open = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const made = createServer((socket) => {
        const upstream = connect(Number(target.port), target.hostname);
        for (const end of [socket, upstream]) {
          sockets.add(end);
          end.on("error", () => end.destroy());
          end.on("close", () => [socket, upstream].forEach((other) => other.destroy()));
        }
        socket.pipe(upstream).pipe(socket);
      });
      made.on("error", reject);
      made.listen(port, "127.0.0.1", () => resolve((made.address() as AddressInfo).port));
      server = made;
    });
  const close = () =>
    new Promise<void>((resolve) => {
      if (server) server.close(() => resolve());
      else resolve();
      for (const socket of sockets) socket.destroy();
    });
  const port = await open(0);
  const url = new URL(database.urls.app);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.toString(), open: () => open(port), close };
}

test("listening goes on after the database was away, and begins when it was away at the start", async () => {
  const way = await aWay();
  const heard: string[] = [];
  const [begun, refused] = [vi.fn(), vi.fn()];
  await way.close();
  const stop = listen(way.url, "test_news", (payload) => heard.push(payload), { onListen: begun, onError: refused });
  const sayUntilHeard = (word: string) =>
    vi.waitFor(
      async () => {
        await database.sql.notify("test_news", word);
        expect(heard).toContain(word);
      },
      { timeout: 15_000, interval: 200 },
    );
  await vi.waitFor(() => expect(refused).toHaveBeenCalled(), { timeout: 5_000 });
  await way.open();
  await sayUntilHeard("late");
  await way.close();
  await way.open();
  await sayUntilHeard("again");
  expect(begun.mock.calls.length).toBeGreaterThanOrEqual(2);
  await (await stop)();
  await way.close();
});
