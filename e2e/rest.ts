import { readFileSync } from "node:fs";
import path from "node:path";
import Pusher from "pusher-js";
import { DEMO_PASSWORD } from "./fixtures";

const { E2E_BASE_URL = "", E2E_DATA = "" } = process.env;

export type Json = Record<string, unknown>;
export type Answer = { status: number; headers: Headers; text: string; body: Json };
type Sent = { token?: string; body?: unknown; raw?: BodyInit; headers?: Record<string, string> };

/** One request to the running product, exactly as it is written: no redirect is followed, no header is added. */
export async function send(
  method: string,
  url: string,
  { token, body, raw, headers = {} }: Sent = {},
): Promise<Answer> {
  const init: RequestInit = {
    method,
    redirect: "manual",
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  };
  const content = body === undefined ? raw : JSON.stringify(body);
  const response = await fetch(`${E2E_BASE_URL}${url}`, { ...init, ...(content !== undefined && { body: content }) });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
  const parsed = isJson && text !== "" ? (JSON.parse(text) as Json) : {};
  return { status: response.status, headers: response.headers, text, body: parsed };
}

/** `/api/v1` as one caller. */
export const restAs =
  (token: string) =>
  (method: string, url: string, body?: unknown): Promise<Answer> =>
    send(method, `/api/v1${url}`, { token, ...(body !== undefined && { body }) });

/** The generated secrets of the product under test. */
export const secretsOf = () =>
  JSON.parse(readFileSync(path.join(E2E_DATA, "secrets.json"), "utf8")) as Record<
    "CRON_SECRET" | "METRICS_TOKEN",
    string
  >;

type SignedIn = { token: string; userId: string; agencyId: string };
export async function signInBy(email: string): Promise<SignedIn> {
  const answer = await send("POST", "/api/v1/auth/login", { body: { email, password: DEMO_PASSWORD } });
  if (answer.status !== 200) throw new Error(`${email}: sign-in answered ${answer.status}`);
  const { accessToken, user } = answer.body as { accessToken: string; user: { id: string; agencyId: string } };
  return { token: accessToken, userId: user.id, agencyId: user.agencyId };
}

/** Somebody new in the demo agency, so that no other test shares their sessions and connections. */
export async function aPerson(adminToken: string, role: string) {
  const email = `${role}-${crypto.randomUUID()}@demo.test`;
  const made = await restAs(adminToken)("POST", "/users", { email, name: role, role, password: DEMO_PASSWORD });
  if (made.status !== 201) throw new Error(`no person: ${made.status} ${made.text}`);
  return { email, ...(await signInBy(email)) };
}

/** A wheelchair van with a phone, on a shift that its driver has signed on. */
export async function aUnit(adminToken: string) {
  const admin = restAs(adminToken);
  const driver = await aPerson(adminToken, "crew");
  const vehicleNo = `E${crypto.randomUUID().slice(0, 8)}`;
  const vehicle = await admin("POST", "/vehicles", { vehicleNo, type: "wheelchair_van" });
  const vehicleId = vehicle.body.id as string;
  const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const planned = { vehicleId, crew: [driver.userId], startsAt: hour(-1), endsAt: hour(6) };
  const shift = await admin("POST", "/shifts", planned);
  await restAs(driver.token)("PUT", "/me/availability", { state: "online" });
  const device = await admin("POST", "/devices", { label: `phone of ${vehicleNo}`, vehicleId });
  return { driver, vehicleId, vehicleNo, shiftId: shift.body.id as string, deviceToken: device.body.token as string };
}

/** A pusher-js client like a partner's, reached through the web port. Everything heard is kept. */
export async function aListener(token: string) {
  const { body } = await send("GET", "/api/v1/realtime", { token });
  const { key, host, port, tls } = body as { key: string; host: string; port: number; tls: boolean };
  const client = new Pusher(key, {
    cluster: "",
    wsHost: host,
    wsPort: port,
    forceTLS: tls,
    enabledTransports: ["ws"],
    disableStats: true,
    channelAuthorization: {
      transport: "ajax",
      endpoint: `${E2E_BASE_URL}/api/realtime/auth`,
      headers: { Authorization: `Bearer ${token}` },
    },
  });
  const heard: { channel: string; event: string; data: Json; atMs: number }[] = [];
  const subscribe = (channel: string) =>
    new Promise<boolean>((resolve) => {
      const joined = client.subscribe(channel);
      joined.bind("pusher:subscription_succeeded", () => resolve(true));
      joined.bind("pusher:subscription_error", () => resolve(false));
      joined.bind_global((event: string, data: Json) => {
        if (!event.startsWith("pusher:")) heard.push({ channel, event, data, atMs: Date.now() });
      });
    });
  return { client, heard, subscribe, stop: () => client.disconnect() };
}
