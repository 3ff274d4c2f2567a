import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { aListener, aPerson, aUnit, type Json, restAs, secretsOf, send, signInBy } from "./rest";

const { E2E_DATA = "", E2E_DATABASE_OWNER_URL = "" } = process.env;

/** Words that stand nowhere else: where one turns up in the clear, patient data does. */
const word = () =>
  `zq${crypto
    .randomUUID()
    .replaceAll("-", "")
    .replaceAll(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)))}`;
const digits = () => `309${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`;
const MARKS = {
  first: word(),
  last: word(),
  phone: digits(),
  otherPhone: digits(),
  from: word(),
  to: word(),
  pickupNotes: word(),
  dropoffNotes: word(),
  notes: word(),
  cancelReason: word(),
  unassignReason: word(),
  correctReason: word(),
  overrideReason: word(),
  refused: word(),
  /** Stands in the clear where it may: shows that the scan finds what is there. */
  control: word(),
};
const marks = Object.entries(MARKS);
/** The names of what is found of the marks in a text, never the text itself. */
const foundIn = (text: string): string[] => {
  const folded = text.toLowerCase();
  return marks.flatMap(([name, mark]) => (folded.includes(mark) ? [name] : []));
};

const rider = () => ({
  level: "wheelchair",
  riderName: `${MARKS.first} ${MARKS.last}`,
  riderPhone: `+1 ${MARKS.phone}`,
  notes: MARKS.notes,
  pickup: { lat: 40.62, lon: -89.38, address: `12 ${MARKS.from} Lane`, notes: MARKS.pickupNotes },
  dropoff: { lat: 40.66, lon: -89.33, address: `7 ${MARKS.to} Road`, notes: MARKS.dropoffNotes },
});

/** Two trips of a marked rider from booking to their ends, with every refusal that could speak of them. */
async function liveThrough() {
  const admin = await signInBy("admin@demo.test");
  const [unit, person] = [await aUnit(admin.token), await aPerson(admin.token, "dispatcher")];
  const base = { name: `Base ${MARKS.control}`, lat: 40.6, lon: -89.4 };
  expect((await restAs(admin.token)("POST", "/bases", base)).status).toBe(201);
  const dispatch = restAs(person.token);
  const drive = restAs(unit.driver.token);
  const listener = await aListener(person.token);
  expect(await listener.subscribe(`private-agency.${admin.agencyId}`)).toBe(true);
  const errors: string[] = [];
  const refuse = async (status: number, ...call: Parameters<typeof dispatch>) => {
    const { status: said, body } = await dispatch(...call);
    expect([call[1].replaceAll(/[0-9a-f-]{36}/g, "{id}"), said]).toEqual([
      call[1].replaceAll(/[0-9a-f-]{36}/g, "{id}"),
      status,
    ]);
    const { code, message, reasons } = body.error as { code: string; message: string; reasons: Json[] };
    // A stale version brings the row, which is the dispatcher's own to read.
    errors.push(JSON.stringify({ code, message, reasons: reasons.map(({ current: _current, ...rest }) => rest) }));
  };
  const act = async (call: typeof dispatch, url: string, body: Json) => {
    const answer = await call("POST", url, body);
    expect(answer.status, url.split("/").at(-1)).toBeLessThan(300);
    return answer.body as { id: string; version: number; channel: string };
  };

  const { id } = await act(dispatch, "/trips", rider());
  const found = await dispatch("POST", "/trips/search", { q: `${MARKS.first} ${MARKS.last}` });
  expect((found.body.items as { id: string }[]).map((trip) => trip.id)).toEqual([id]);
  await dispatch("POST", "/trips/search", { q: MARKS.phone });
  await dispatch("POST", "/places/search", { q: `12 ${MARKS.from} Lane` });
  const edit = { riderPhone: `+1 ${MARKS.otherPhone}`, version: 1 };
  expect((await dispatch("PATCH", `/trips/${id}`, edit)).status).toBe(200);
  await refuse(409, "PATCH", `/trips/${id}`, { ...rider(), version: 1 });
  await refuse(400, "POST", "/trips", { ...rider(), level: MARKS.refused, colour: MARKS.refused });
  await refuse(400, "POST", "/trips", { ...rider(), riderName: `${MARKS.refused}\u0000` });
  await refuse(422, "POST", "/trips", {
    ...rider(),
    pickup: { facilityId: crypto.randomUUID(), notes: MARKS.refused },
  });
  await refuse(422, "POST", `/trips/${id}/status`, { status: "EN_ROUTE", reason: MARKS.refused });
  const unitOf = { shiftId: unit.shiftId, mode: "dispatch" };
  const { channel } = await act(dispatch, `/trips/${id}/assign`, {
    ...unitOf,
    override: { reason: MARKS.overrideReason },
  });
  expect(await listener.subscribe(channel)).toBe(true);
  await act(drive, `/trips/${id}/status`, { status: "EN_ROUTE" });
  await act(drive, `/trips/${id}/status`, { status: "ARRIVED" });
  await act(dispatch, `/trips/${id}/correct`, { event: "at_pickup", reason: MARKS.correctReason });
  await act(dispatch, `/trips/${id}/unassign`, { reason: MARKS.unassignReason });
  await act(dispatch, `/trips/${id}/cancel`, { reason: MARKS.cancelReason });

  const key = { "idempotency-key": MARKS.first.slice(2, 12) };
  const sent = { token: person.token, body: rider(), headers: key };
  const second = await send("POST", "/api/v1/trips", sent);
  expect((await send("POST", "/api/v1/trips", sent)).body.id).toBe(second.body.id);
  const again = second.body.id as string;
  await act(dispatch, `/trips/${again}/assign`, unitOf);
  await send("POST", "/api/v1/positions", { token: unit.deviceToken, body: { lat: 40.62, lon: -89.38 } });
  for (const status of ["EN_ROUTE", "ARRIVED", "IN_PROGRESS", "COMPLETED"]) {
    await act(drive, `/trips/${again}/status`, { status });
  }
  const isLast = ({ event, data }: (typeof listener.heard)[number]) =>
    event === "trip.changed" && data.tripId === again && data.status === "completed";
  await expect.poll(() => listener.heard.some(isLast)).toBe(true);
  listener.stop();
  return { ids: [id, again], errors, frames: JSON.stringify(listener.heard) };
}

/** Every row of every table that holds a mark: its table and the marks, as the owner of the database sees it. */
async function rowsWithMarks(): Promise<string[]> {
  const sql = postgres(E2E_DATABASE_OWNER_URL, { max: 1, onnotice: () => undefined });
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["public.audit_log", "public.outbox", "public.trip_events", "public.idempotency_keys"]),
    );
    expect(tables.some(({ name }) => name.startsWith("pgboss."))).toBe(true);
    const any = marks.map(([, mark]) => mark).join("|");
    const found = await Promise.all(
      tables.map(async ({ name }) => {
        const rows = await sql<{ text: string }[]>`
          select t::text as text from ${sql.unsafe(name)} t where t::text ~* ${any}`;
        return rows.map(({ text }) => `${name}: ${foundIn(text).join(", ")}`);
      }),
    );
    return found.flat();
  } finally {
    await sql.end();
  }
}

test("a rider's name, phone, addresses, notes and reasons are in the clear nowhere but in the answers", async () => {
  // It reads every row of the database.
  test.slow();
  const { ids, errors, frames } = await liveThrough();
  const { METRICS_TOKEN, CRON_SECRET } = secretsOf();
  // The jobs that copy or chain what was written have their turn, too.
  for (const job of ["watch-exceptions", "send-outbox", "seal-audit"]) {
    expect((await send("POST", `/api/jobs/${job}`, { token: CRON_SECRET })).status).toBe(200);
  }
  expect(foundIn(errors.join("\n")), "error answers").toEqual([]);
  expect(frames, "frames were captured").toContain(ids[1]);
  expect(foundIn(frames), "realtime frames").toEqual([]);
  expect(foundIn((await send("GET", "/metrics", { token: METRICS_TOKEN })).text), "metrics").toEqual([]);
  expect(await rowsWithMarks(), "tables").toEqual(["public.bases: control"]);
  const folder = path.join(E2E_DATA, "logs");
  const logs = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
  expect(logs.length).toBeGreaterThanOrEqual(3);
  expect(foundIn(logs.join("\n")), "logs").toEqual([]);
});

test("log lines hold no query, no token and no id of a path", async () => {
  const secret = `rbd_${word()}`;
  const { token } = await signInBy("dispatcher@demo.test");
  await send("GET", `/api/v1/ingest/osmand?id=${secret}&lat=40.6&lon=-89.4`);
  await send("POST", `/api/v1/positions/${secret}`, { body: {} });
  await send("GET", `/api/v1/trips?status=${secret}`, { token });
  await send("GET", `/api/v1/nope/${secret}?x=${secret}`, { token });
  await send("GET", `/${secret}?q=${secret}`);
  const folder = path.join(E2E_DATA, "logs");
  const logs = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
  expect(logs.join("\n").includes(secret)).toBe(false);
  expect(logs.join("\n").includes(token)).toBe(false);
});
