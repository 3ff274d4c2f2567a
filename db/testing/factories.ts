import type { Db } from "@/db/client";
import * as schema from "@/db/schema";
import type { Actor, Ctx, Role, Scope } from "@/server/context";
import { newId } from "@/server/ids";

/** Rows that are valid as they stand: a test states only what it is about. `db` is the migrator's connection. */
type Row<T extends { $inferInsert: unknown }> = Partial<T["$inferInsert"]>;

let count = 0;
const next = () => ++count;

export const NOW = new Date("2027-03-03T15:00:00Z");
export const minutesAfter = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

export async function anAgency(db: Db, row: Row<typeof schema.agencies> = {}) {
  const values = { id: newId(), name: `Agency ${next()}`, timeZone: "America/Chicago", ...row };
  const [made] = await db.insert(schema.agencies).values(values).returning();
  return made!;
}

export async function aUser(
  db: Db,
  agencyId: string,
  roles: Role[] = ["dispatcher"],
  row: Row<typeof schema.users> = {},
) {
  const accountId = row.accountId ?? newId();
  if (!row.accountId)
    await db.insert(schema.accounts).values({ id: accountId, email: `person${next()}-${accountId}@example.test` });
  const values = { agencyId, id: newId(), name: `Person ${next()}`, roles, ...row, accountId };
  const [made] = await db.insert(schema.users).values(values).returning();
  return made!;
}

export async function aBase(db: Db, agencyId: string, row: Row<typeof schema.bases> = {}) {
  const values = { agencyId, id: newId(), name: `Base ${next()}`, location: { lng: -89.38, lat: 40.62 }, ...row };
  const [made] = await db.insert(schema.bases).values(values).returning();
  return made!;
}

export async function aFacility(db: Db, agencyId: string, row: Row<typeof schema.facilities> = {}) {
  const name = row.name ?? `Hospital ${next()}`;
  const values = {
    agencyId,
    id: newId(),
    name,
    search: name.toLowerCase(),
    kind: "hospital" as const,
    address: "1 Main St",
    zip: "61501",
    location: { lng: -89.37, lat: 40.63 },
    modifier: "H",
    ...row,
  };
  const [made] = await db.insert(schema.facilities).values(values).returning();
  return made!;
}

export async function aVehicle(db: Db, agencyId: string, row: Row<typeof schema.vehicles> = {}) {
  const n = next();
  const values = {
    agencyId,
    id: newId(),
    vehicleNo: `${100 + n}`,
    callSign: `M${n}`,
    type: "ambulance" as const,
    levels: ["stretcher", "bls", "als"],
    places: { ambulatory: 1, wheelchair: 0, stretcher: 1 },
    ...row,
  };
  const [made] = await db.insert(schema.vehicles).values(values).returning();
  return made!;
}

/** A shift around `NOW`, signed on, of a vehicle of its own unless one is named. */
export async function aShift(db: Db, agencyId: string, row: Row<typeof schema.shifts> = {}, crew: string[] = []) {
  const vehicleId = row.vehicleId ?? (await aVehicle(db, agencyId)).id;
  const startsAt = row.startsAt ?? minutesAfter(NOW, -120);
  const values = {
    agencyId,
    id: newId(),
    callSign: `M${next()}`,
    startsAt,
    endsAt: minutesAfter(NOW, 480),
    signedOnAt: startsAt,
    ...row,
    vehicleId,
  };
  const [made] = await db.insert(schema.shifts).values(values).returning();
  for (const userId of crew) {
    await db
      .insert(schema.shiftCrew)
      .values({ agencyId, id: newId(), shiftId: made!.id, userId, startsAt: made!.startsAt, endsAt: made!.endsAt });
  }
  return made!;
}

export async function aDevice(db: Db, agencyId: string, row: Row<typeof schema.devices> = {}) {
  const vehicleId = row.vehicleId ?? (row.userId ? null : (await aVehicle(db, agencyId)).id);
  const values = { agencyId, id: newId(), label: `Phone ${next()}`, tokenHash: newId(), ...row, vehicleId };
  const [made] = await db.insert(schema.devices).values(values).returning();
  return made!;
}

/** A trip wanted an hour after `NOW`, with no rider named, and not assigned. */
export async function aTrip(db: Db, agencyId: string, row: Row<typeof schema.trips> = {}) {
  const pickupAt = row.pickupAt ?? minutesAfter(NOW, 60);
  const values = {
    agencyId,
    id: newId(),
    number: `27-${String(next()).padStart(6, "0")}`,
    priority: "scheduled" as const,
    level: "wheelchair" as const,
    timing: "fixed" as const,
    unknownRider: true,
    pickupLocation: { lng: -89.38, lat: 40.62 },
    dropoffLocation: { lng: -89.35, lat: 40.64 },
    pickupAt,
    bookedAt: minutesAfter(NOW, -30),
    requestedAt: pickupAt,
    passengers: { ambulatory: 0, wheelchair: 1, stretcher: 0 },
    ...row,
  };
  const [made] = await db.insert(schema.trips).values(values).returning();
  return made!;
}

export async function aPosition(
  db: Db,
  agencyId: string,
  vehicleId: string,
  row: Row<typeof schema.vehiclePositions> = {},
) {
  const values = {
    agencyId,
    vehicleId,
    takenAt: NOW,
    receivedAt: NOW,
    location: { lng: -89.38, lat: 40.62 },
    deviceId: newId(),
    source: "device" as const,
    ...row,
  };
  const [made] = await db.insert(schema.vehiclePositions).values(values).returning();
  return made!;
}

/** What a service gets when a person of this agency acts at `NOW` through the console. `db` is the app role's. */
export function testCtx(
  db: Db,
  user: { agencyId: string; id: string; accountId: string; roles: string[] },
  now = NOW,
): Ctx {
  const { agencyId, id: userId, accountId } = user;
  const actor: Actor = {
    kind: "user",
    agencyId,
    userId,
    accountId,
    sessionId: newId(),
    roles: user.roles as Role[],
    source: "console",
  };
  return { db, actor, now, requestId: newId() };
}

/** What a service gets when a partner's API key acts. */
export function keyCtx(db: Db, agencyId: string, scopes: Scope[], now = NOW): Ctx {
  return { db, actor: { kind: "api_key", agencyId, apiKeyId: newId(), scopes }, now, requestId: newId() };
}

/** What a service gets when a job acts for an agency. */
export function systemCtx(db: Db, agencyId: string, now = NOW): Ctx {
  return { db, actor: { kind: "system", agencyId, name: "test" }, now, requestId: newId() };
}
