import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { answers, freePort, waitUntil } from "@/scripts/lib/ports.mjs";
import { agencyChannel } from "@/server/realtime/channels";
import { aListener, tokenOf } from "./kit/console";
import { aFleet } from "./kit/fleet";
import { ask, keepAlive } from "./kit/http";
import { startNginx } from "./kit/nginx";
import { useStack } from "./kit/stack";
import { expectStoredOnce } from "./kit/stored";
import { Traffic } from "./kit/traffic";

const stack = useStack({ DRAIN_S: "2" });
let front: { url: string; stop: () => Promise<void> } | null = null;
let whyNot = "";
const ports: Record<string, number> = {};

beforeAll(async () => {
  const { env, services, buildDir, dataDir } = stack();
  const port = await freePort();
  Object.assign(ports, { web: Number(env.PORT), "web-b": port });
  services.start({
    name: "web-b",
    cwd: ROOT,
    args: [
      "--import",
      pathToFileURL(path.join(ROOT, "scripts/lib/die-with-parent.mjs")).href,
      path.join(buildDir, "web.mjs"),
    ],
    env: { ...env, PORT: String(port) },
  });
  await waitUntil(() => answers(`http://127.0.0.1:${port}/api/ready`), { timeoutMs: 60_000, what: "no second web" });
  try {
    front = await startNginx(dataDir, Object.values(ports));
  } catch (error) {
    whyNot = error instanceof Error ? error.message : String(error);
  }
});
afterAll(() => front?.stop());

/** Asks for unready while it drains, then waits until a new process serves in its place. */
async function restart(name: string): Promise<boolean> {
  const { services } = stack();
  const old = services.pid(name);
  const ready = `http://127.0.0.1:${ports[name]}/api/ready`;
  if (old === undefined) throw new Error(`${name} does not run`);
  process.kill(old, "SIGTERM");
  let saidStopping = false;
  await waitUntil(
    async () => {
      const answer = await ask(ready).catch(() => null);
      saidStopping ||= answer?.status === 503 && answer.text.includes("process is stopping");
      return services.pid(name) !== old;
    },
    { timeoutMs: 30_000, what: `${name} did not leave` },
  );
  await waitUntil(() => answers(ready), { timeoutMs: 60_000, what: `${name} did not come back` });
  return saidStopping;
}

test("two web processes restarted in turn behind nginx fail no request, and send their sockets to each other", async ({
  skip,
}) => {
  if (!front) return skip(`nginx is not to be had: ${whyNot.split("\n")[0]}`);
  const at = { url: front.url };
  const { agencyId, dispatcher, phones } = await aFleet(stack(), 100);
  const token = await tokenOf(at, dispatcher.email);
  const listener = await aListener(at, token);
  listener.subscribe(agencyChannel(agencyId));
  await expect.poll(() => listener.subscriptions).toBe(1);
  const traffic = new Traffic(at, phones).start();
  const agent = keepAlive(8);
  const statuses = new Map<string, number>();
  let isOver = false;
  const read = async () => {
    while (!isOver) {
      const how = await ask(`${at.url}/api/v1/trips`, { token, agent }).then(
        ({ status }) => String(status),
        (error: unknown) => String(error),
      );
      statuses.set(how, (statuses.get(how) ?? 0) + 1);
    }
  };
  const readers = Promise.all([read(), read()]);
  await expect.poll(() => traffic.count, { timeout: 20_000 }).toBeGreaterThan(100);
  expect(await restart("web")).toBe(true);
  expect(await restart("web-b")).toBe(true);
  isOver = true;
  await readers;
  await traffic.finish();
  process.stdout.write(`rolling restart: ${traffic.count} fixes, reads ${JSON.stringify([...statuses])}\n`);
  expect([...statuses.keys()]).toEqual(["200"]);
  expect(traffic.failures).toBe(0);
  await expectStoredOnce(stack(), traffic.acknowledged);
  await expect.poll(() => listener.subscriptions).toBeGreaterThan(1);
  expect(new Set(listener.errors)).toEqual(new Set([4200]));
  listener.stop();
});
