import "server-only";
import { z } from "zod";
import { listShiftRows, type ShiftRow } from "@/db/queries/shifts";
import { type Ctx, ownRowsOnly } from "@/server/context";
import type { Shift } from "@/server/domain/shifts/shift";
import { TimeOrDay } from "@/server/domain/trips/inputs";
import { type Page, PageInput, pageOf, parseCursor } from "@/server/services/page";
import { periodOf } from "@/server/services/trips/list-trips";
import { read } from "@/server/services/unit-of-work";
import { showShifts } from "./show-shift";

const At = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** Shifts whose planned period touches [from, to); a day is the agency's, from its start. */
export const ListShiftsInput = PageInput.extend({
  from: TimeOrDay.optional(),
  to: TimeOrDay.optional(),
  vehicleId: z.uuid().optional(),
});
type ListShiftsInput = z.infer<typeof ListShiftsInput>;

const Key = z.tuple([At, z.uuid()]);
const keyOf = ({ startsAt, id }: ShiftRow) => [startsAt.toISOString(), id];

/** Shifts by their planned start. A crew sees its own. */
export const listShifts = (ctx: Ctx, { limit, cursor, vehicleId, ...period }: ListShiftsInput): Promise<Page<Shift>> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const key = parseCursor(cursor, Key);
    const rows = await listShiftRows(tx, agencyId, {
      ...(await periodOf(tx, ctx, period)),
      vehicleId,
      userId: ownRowsOnly(ctx.actor),
      after: key && { startsAt: key[0], id: key[1] },
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, { keyOf, show: (row) => row });
    return { ...page, items: await showShifts(tx, agencyId, page.items) };
  });
