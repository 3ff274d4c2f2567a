import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { inAgency } from "@/db/client";
import { listen } from "@/db/listen";
import { currentPositionSeqs, POSITIONS_MOVED } from "@/db/queries/position-leases";
import { vehiclePositions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aVehicle } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import type { PositionFrame } from "./channel-events";
import { PositionPublisher } from "./position-publisher";
import { postgresPositionPorts } from "./postgres-position-ports";

const database = useTestDatabase();

type Sent = { channel: string; data: PositionFrame };

function aProcess(holder: string) {
  const sent: Sent[] = [];
  const errors: unknown[] = [];
  const ports = postgresPositionPorts(database.db, {
    holder,
    publish: async (events) => void sent.push(...(events as Sent[])),
    onError: (error) => errors.push(error),
  });
  return { sent, errors, ports, publisher: new PositionPublisher(ports) };
}

async function aFix(agencyId: string, vehicleId: string, at: { lng: number; lat: number }, takenAt = new Date()) {
  const row = {
    agencyId,
    vehicleId,
    takenAt,
    receivedAt: takenAt,
    location: at,
    deviceId: newId(),
    source: "device" as const,
  };
  await database.owner
    .insert(vehiclePositions)
    .values(row)
    .onConflictDoUpdate({ target: [vehiclePositions.agencyId, vehiclePositions.vehicleId], set: row });
}

test("a stored fix becomes a frame with the cell's next number, which a snapshot of any process sees", async () => {
  const agency = await anAgency(database.owner);
  const vehicle = await aVehicle(database.owner, agency.id);
  const one = aProcess("p1");
  await aFix(agency.id, vehicle.id, { lng: -89.4, lat: 40.5 });
  one.publisher.notify(agency.id, [vehicle.id]);
  await vi.waitFor(() => expect(one.sent).toHaveLength(1));
  expect(one.sent[0]).toMatchObject({
    channel: `private-pos.${agency.id}.6.all`,
    data: { seq: 1, v: [[vehicle.vehicleNo, -8_940_000, 4_050_000, -1, -1, expect.any(Number)]], gone: [] },
  });
  const seqs = await inAgency(database.db, { agencyId: agency.id }, (tx) =>
    currentPositionSeqs(tx, agency.id, ["all", "862aacaafffffff"]),
  );
  expect([...seqs]).toEqual([
    ["all", 1],
    ["862aacaafffffff", 0],
  ]);
  expect(one.errors).toEqual([]);
  one.publisher.stop();
});

test("another process's fix reaches the holder of the lease as a notification of ids only", async () => {
  const agency = await anAgency(database.owner);
  const [first, second] = [await aVehicle(database.owner, agency.id), await aVehicle(database.owner, agency.id)];
  const [one, two] = [aProcess("p1"), aProcess("p2")];
  const heard: string[] = [];
  const stop = await listen(database.urls.app, POSITIONS_MOVED, (payload) => {
    heard.push(payload);
    const [agencyId = "", ids = ""] = payload.split(" ");
    one.publisher.notifyForwarded(agencyId, ids.split(","));
  });
  try {
    await aFix(agency.id, first.id, { lng: -89.4, lat: 40.5 });
    one.publisher.notify(agency.id, [first.id]);
    await vi.waitFor(() => expect(one.sent).toHaveLength(1));
    await aFix(agency.id, second.id, { lng: -89.5, lat: 40.6 });
    two.publisher.notify(agency.id, [second.id]);
    await vi.waitFor(
      () =>
        expect(one.sent.map(({ data }) => [data.seq, data.v[0]?.[0]])).toEqual([
          [1, first.vehicleNo],
          [2, second.vehicleNo],
        ]),
      { timeout: 3000 },
    );
    expect(heard).toEqual([`${agency.id} ${second.id}`]);
    expect(two.sent).toEqual([]);
  } finally {
    await stop();
    one.publisher.stop();
    two.publisher.stop();
  }
});

test("a lease that ran out is taken over with the next term, and the former holder gets no more numbers", async () => {
  const agency = await anAgency(database.owner);
  const [one, two] = [aProcess("p1"), aProcess("p2")];
  expect(await one.ports.acquire(agency.id)).toEqual({ isHeld: true, term: 1 });
  expect(await one.ports.acquire(agency.id)).toEqual({ isHeld: true, term: 1 });
  expect(await two.ports.acquire(agency.id)).toMatchObject({ isHeld: false });
  expect(await one.ports.advance(agency.id, 1, new Map([["all", 3]]))).toEqual(new Map([["all", 3]]));
  await database.owner.execute(
    sql`update position_leases set expires_at = now() - interval '1 second' where agency_id = ${agency.id} and cell = '*'`,
  );
  expect(await two.ports.acquire(agency.id)).toEqual({ isHeld: true, term: 2 });
  expect(await one.ports.advance(agency.id, 1, new Map([["all", 1]]))).toBe(null);
  expect(await two.ports.advance(agency.id, 2, new Map([["all", 1]]))).toEqual(new Map([["all", 4]]));
  expect(await two.ports.knownCells(agency.id)).toEqual(["all"]);
});

test("another agency's lease and cells are out of sight", async () => {
  const [mine, theirs] = [await anAgency(database.owner), await anAgency(database.owner)];
  const { ports } = aProcess("p1");
  await ports.acquire(theirs.id);
  await ports.advance(theirs.id, 1, new Map([["all", 5]]));
  const seqs = await inAgency(database.db, { agencyId: mine.id }, (tx) => currentPositionSeqs(tx, theirs.id, ["all"]));
  expect(seqs.get("all")).toBe(0);
});
