import "server-only";
import { shiftById } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import type { Shift } from "@/server/domain/shifts/shift";
import { read } from "@/server/services/unit-of-work";
import { assertSeen } from "./own-shift";
import { showOneShift } from "./show-shift";

/** One shift; a crew sees its own. */
export const getShift = (ctx: Ctx, id: string): Promise<Shift> =>
  read(ctx, async (tx) => showOneShift(tx, await assertSeen(tx, ctx, await shiftById(tx, ctx.actor.agencyId, id))));
