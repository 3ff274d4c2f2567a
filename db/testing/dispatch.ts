import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";
import * as schema from "@/db/schema";
import type { Ctx } from "@/server/context";
import { BookTripInput } from "@/server/domain/trips/inputs";
import { bookTrip } from "@/server/services/trips/book-trip";
import type { TestDatabase } from "./database";
import { anAgency, aShift, aUser, aVehicle, minutesAfter, NOW, testCtx } from "./factories";

/** The same caller, `minutes` later. */
export const later = (ctx: Ctx, minutes: number): Ctx => ({ ...ctx, now: minutesAfter(ctx.now, minutes) });

/** An agency with a dispatcher, and as many signed-on wheelchair vans with a driver each as a test asks for. */
export async function aDispatch(database: TestDatabase, vans = 1, agency: Parameters<typeof anAgency>[1] = {}) {
  const { owner, db } = database;
  const { id: agencyId } = await anAgency(owner, agency);
  const dispatcher = testCtx(db, await aUser(owner, agencyId, ["dispatcher"]));
  const units = [];
  for (let i = 0; i < vans; i++) units.push(await aVan(database, agencyId));
  const [unit] = units;
  if (!unit) throw new Error("a dispatch needs a unit");
  return { agencyId, dispatcher, units, unit, crew: unit.crew, shift: unit.shift };
}

/** A signed-on wheelchair van with a driver. */
export async function aVan(
  { owner, db }: TestDatabase,
  agencyId: string,
  shiftRow: Partial<typeof schema.shifts.$inferInsert> = {},
) {
  const driver = await aUser(owner, agencyId, ["crew"]);
  const vehicle = await aVehicle(owner, agencyId, {
    type: "wheelchair_van",
    levels: ["ambulatory", "wheelchair"],
    places: { ambulatory: 3, wheelchair: 2, stretcher: 0 },
  });
  const shift = await aShift(owner, agencyId, { vehicleId: vehicle.id, ...shiftRow }, [driver.id]);
  return { vehicle, shift, driver, crew: testCtx(db, driver) };
}

/** Takes a wheelchair call at `NOW`, as soon as possible, unless the test says otherwise. */
export const aCall = (ctx: Ctx, input: Partial<z.input<typeof BookTripInput>> = {}) =>
  bookTrip(
    ctx,
    BookTripInput.parse({
      level: "wheelchair",
      riderName: "Ada Lovelace",
      riderPhone: "(309) 555-0142",
      pickup: { address: "12 Hidden Lane", lat: 40.62, lon: -89.38 },
      dropoff: { address: "1 Clinic Way", lat: 40.66, lon: -89.33 },
      ...input,
    }),
  );

/** What a trip's history says, as `kind status`, oldest first. */
export const historyOf = async ({ owner }: TestDatabase, tripId: string): Promise<string[]> => {
  const rows = await owner
    .select()
    .from(schema.tripEvents)
    .where(eq(schema.tripEvents.tripId, tripId))
    .orderBy(asc(schema.tripEvents.recordedAt), asc(schema.tripEvents.id));
  return rows.map((row) => `${row.kind} ${row.status ?? ""}`.trim());
};

/** Actions in the audit log about one row, oldest first. */
export const auditOf = async ({ owner }: TestDatabase, entityId: string): Promise<string[]> => {
  const rows = await owner
    .select()
    .from(schema.auditLog)
    .where(eq(schema.auditLog.entityId, entityId))
    .orderBy(asc(schema.auditLog.at), asc(schema.auditLog.id));
  return rows.map((row) => row.action);
};

/** Events that were put out for an agency, as `name status`. */
export const announcedTo = async ({ owner }: TestDatabase, agencyId: string): Promise<string[]> => {
  const rows = await owner
    .select()
    .from(schema.outbox)
    .where(eq(schema.outbox.agencyId, agencyId))
    .orderBy(asc(schema.outbox.id));
  const statusOf = ({ status }: Record<string, unknown>) => (typeof status === "string" ? ` ${status}` : "");
  return rows.map((row) => `${row.name}${statusOf(row.payload)}`);
};

/** A shift's stops that are still to make, as kinds and trips, in order. */
export const manifestNow = async ({ owner }: TestDatabase, shiftId: string): Promise<string[]> => {
  const rows = await owner
    .select()
    .from(schema.stops)
    .where(and(eq(schema.stops.shiftId, shiftId)))
    .orderBy(asc(schema.stops.seq));
  return rows.filter((row) => !row.removedAt && !row.departedAt).map((row) => `${row.kind} ${row.tripId}`);
};

export { minutesAfter, NOW };
