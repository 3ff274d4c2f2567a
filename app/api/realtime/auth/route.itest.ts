import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { realtimeLeases, sessions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aUser, aVehicle } from "@/db/testing/factories";
import { cookieNames } from "@/server/auth/cookies";
import { signSessionToken } from "@/server/auth/session-tokens";
import { newId } from "@/server/ids";
import { agencyChannel, agencyEvent } from "@/server/realtime/channels";
import { APP, openRealClient, startServer } from "@/server/realtime/embedded/testing";
import { startRealtime } from "@/server/realtime/start";
import { write } from "@/server/services/unit-of-work";
import { POST } from "./route";

const database = useTestDatabase();
const inAnHour = () => new Date(Date.now() + 3_600_000);
const URL_HERE = "http://127.0.0.1:3999/api/realtime/auth";
const SAME_ORIGIN = { host: "127.0.0.1:3999", origin: "http://127.0.0.1:3999", "sec-fetch-site": "same-origin" };
let realtime: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  realtime = await startServer({}, { apps: [{ ...APP, secret: "k3J9v0Qz7mWc2LxT8bNf5RgY1hDs6PaE" }] });
  Object.assign(process.env, {
    DATABASE_URL: database.urls.app,
    AUTH_SECRET: "a".repeat(40),
    CRON_SECRET: "c".repeat(40),
    PHI_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
    BLIND_INDEX_KEY: Buffer.alloc(32, 2).toString("base64"),
    PUSHER_APP_ID: APP.id,
    PUSHER_KEY: APP.key,
    PUSHER_SECRET: "k3J9v0Qz7mWc2LxT8bNf5RgY1hDs6PaE",
    REALTIME_PORT: String(realtime.port),
  });
  startRealtime();
});
afterAll(() => realtime.stop());

async function aSignedIn(kind: "api" | "console", roles: Parameters<typeof aUser>[2] = ["dispatcher"]) {
  const agency = await anAgency(database.owner);
  const user = await aUser(database.owner, agency.id, roles);
  const id = newId();
  const ids = { agencyId: agency.id, id, accountId: user.accountId, userId: user.id };
  await database.owner.insert(sessions).values({ ...ids, kind, expiresAt: inAnHour(), idleTimeoutS: 3600 });
  const token = await signSessionToken(kind === "api" ? "access-token" : "console-cookie", id, inAnHour());
  const headers: Record<string, string> =
    kind === "api"
      ? { authorization: `Bearer ${token}` }
      : { cookie: `${cookieNames().session}=${token}`, ...SAME_ORIGIN };
  return { agency, user, headers, sessionId: id };
}
const ask = (headers: Record<string, string>, body: unknown) =>
  POST(
    new Request(URL_HERE, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );

test("a bearer's pusher-js hears what the agency's outbox sends, and lost access ends its connection", async () => {
  const { agency, user, headers, sessionId } = await aSignedIn("api");
  const client = openRealClient(realtime.port, APP, {
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId, channelName }, done) => {
        const sign = async () => {
          const answer = await ask(headers, { socket_id: socketId, channel_name: channelName });
          done(null, (await answer.json()) as { auth: string });
        };
        void sign();
      },
    },
  });
  const heard: unknown[] = [];
  const channel = client.subscribe(agencyChannel(agency.id));
  channel.bind("unit.changed", (data: unknown) => heard.push(data));
  await expect.poll(() => channel.subscribed).toBe(true);
  const vehicle = await aVehicle(database.owner, agency.id);
  const actor = {
    kind: "user" as const,
    agencyId: agency.id,
    userId: user.id,
    accountId: user.accountId,
    sessionId,
    roles: ["dispatcher" as const],
    source: "api" as const,
  };
  await write({ db: database.db, actor, now: new Date(), requestId: "r" }, async (_tx, uow) =>
    uow.emit(agencyEvent(agency.id, "unit.changed", { vehicleId: vehicle.id, version: 2 })),
  );
  await expect.poll(() => heard).toEqual([{ vehicleId: vehicle.id, version: 2 }]);

  const { endConnections } = await import("@/server/realtime/end-connections");
  await endConnections(user.id);
  await expect.poll(() => client.connection.state).toBe("disconnected");
});

test("the console's cookie opens it from our own pages only", async () => {
  const { agency, headers } = await aSignedIn("console");
  const body = { socket_id: "11.1", channel_name: agencyChannel(agency.id) };
  const answer = await ask(headers, body);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ auth: expect.stringMatching(/^key:[0-9a-f]{64}$/) });
  const foreign = { ...headers, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await ask(foreign, body)).status).toBe(403);
});

test("nobody, a wrong role, another agency and nonsense get what api.md names", async () => {
  const { agency, headers } = await aSignedIn("api");
  const billing = await aSignedIn("api", ["billing"]);
  const name = agencyChannel(agency.id);
  expect((await ask({}, { socket_id: "1.1", channel_name: name })).status).toBe(401);
  expect((await ask(SAME_ORIGIN, { socket_id: "1.1", channel_name: name })).status).toBe(401);
  expect((await ask({ authorization: "Bearer nonsense" }, { socket_id: "1.1", channel_name: name })).status).toBe(401);
  expect(
    (await ask(billing.headers, { socket_id: "12.1", channel_name: agencyChannel(billing.agency.id) })).status,
  ).toBe(403);
  expect((await ask(billing.headers, { socket_id: "12.1", channel_name: name })).status).toBe(403);
  expect((await ask(headers, { socket_id: "1.1:x", channel_name: name })).status).toBe(400);
  expect((await ask(headers, [])).status).toBe(400);
  const without = await ask(headers, { socket_id: "13.1" });
  expect(await without.json()).toMatchObject({ auth: expect.any(String), user_data: expect.any(String) });
});

test("a fourth connection of one person is 403", async () => {
  const { agency, headers } = await aSignedIn("api");
  const statuses: number[] = [];
  for (const socket_id of ["21.1", "22.1", "23.1", "24.1"]) {
    statuses.push((await ask(headers, { socket_id, channel_name: agencyChannel(agency.id) })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 403]);
});

test("somebody else's socket is 403, and stays theirs", async () => {
  const [owner, other] = [await aSignedIn("api"), await aSignedIn("api")];
  const socket = await realtime.connect();
  await expect.poll(() => socket.frames.length).toBe(1);
  const askFor = ({ agency, headers }: typeof owner) =>
    ask(headers, { socket_id: socket.socketId(), channel_name: agencyChannel(agency.id) });
  expect((await askFor(owner)).status).toBe(200);
  const refused = await askFor(other);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: { code: "forbidden" } });
  const held = await database.owner.select().from(realtimeLeases).where(eq(realtimeLeases.socketId, socket.socketId()));
  expect(held.map(({ userId }) => userId)).toEqual([owner.user.id]);
  expect((await askFor(owner)).status).toBe(200);
});
