import "server-only";
import { z } from "zod";
import { listShiftRows, type ShiftRow } from "@/db/queries/shifts";
import { type Ctx, ownRowsOnly } from "@/server/context";
import type { Shift } from "@/server/domain/shifts/shift";
import { type Page, PageInput, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { showShifts } from "./show-shift";

const At = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** Shifts whose planned period touches [from, to). */
export const ListShiftsInput = PageInput.extend({
  from: At.optional(),
  to: At.optional(),
  vehicleId: z.uuid().optional(),
});
type ListShiftsInput = z.infer<typeof ListShiftsInput>;

const Key = z.tuple([At, z.uuid()]);
const keyOf = ({ startsAt, id }: ShiftRow) => [startsAt.toISOString(), id];

/** Shifts by their planned start. A crew sees its own. */
export const listShifts = (ctx: Ctx, { limit, cursor, ...filter }: ListShiftsInput): Promise<Page<Shift>> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const key = parseCursor(cursor, Key);
    const rows = await listShiftRows(tx, agencyId, {
      ...filter,
      userId: ownRowsOnly(ctx.actor),
      after: key && { startsAt: key[0], id: key[1] },
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, { keyOf, show: (row) => row });
    return { ...page, items: await showShifts(tx, agencyId, page.items) };
  });
