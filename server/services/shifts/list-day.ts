import "server-only";
import { z } from "zod";
import { agencyById } from "@/db/queries/agencies";
import { findPeople, listShiftRows, type ShiftRow } from "@/db/queries/shifts";
import { type Ctx, ownRowsOnly } from "@/server/context";
import { agencyDay } from "@/server/domain/shifts/agency-day";
import { isOn } from "@/server/domain/shifts/cover";
import { findOverlaps, type Overlap } from "@/server/domain/shifts/planning";
import type { Shift } from "@/server/domain/shifts/shift";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { showShifts } from "./show-shift";

/** A calendar day of the agency. */
export const ListDayInput = z.strictObject({ day: z.iso.date() });
export type DayPlan = {
  /** The moments the day holds, half-open: 23 or 25 hours when the clocks change. */
  from: string;
  to: string;
  shifts: Shift[];
  people: { id: string; name: string }[];
  overlaps: Overlap[];
};

const MAX_SHIFTS = 5_000;

/** Who is on which truck on a day: shifts that touch it, with names. A crew sees its own. */
export const listDay = (ctx: Ctx, { day }: z.infer<typeof ListDayInput>): Promise<DayPlan> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const agency = await agencyById(tx, agencyId);
    if (!agency) throw notFound("agency");
    const { from, to } = agencyDay(day, agency.timeZone);
    const rows = await listShiftRows(tx, agencyId, { from, to, userId: ownRowsOnly(ctx.actor), limit: MAX_SHIFTS });
    const shifts = await showShifts(tx, agencyId, rows);
    const people = await findPeople(tx, agencyId, [...new Set(shifts.flatMap(({ crew }) => crew))]);
    const crewOf = new Map(shifts.map(({ id, crew }) => [id, crew]));
    // A unit that runs over holds its truck and its people until it signs off.
    const heldUntil = (row: ShiftRow) => (isOn(row) && row.endsAt < ctx.now ? ctx.now : row.endsAt);
    const overlaps = findOverlaps(
      rows.map((row) => ({ ...row, endsAt: heldUntil(row), crew: crewOf.get(row.id) ?? [] })),
    );
    return { from: from.toISOString(), to: to.toISOString(), shifts, people, overlaps };
  });
