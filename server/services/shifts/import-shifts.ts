import "server-only";
import { refusing } from "@/db/constraint-errors";
import { agencyById } from "@/db/queries/agencies";
import { insertCrew, insertShifts } from "@/db/queries/shifts";
import { actorUserId, type Ctx } from "@/server/context";
import { SHIFT_COLUMNS, ShiftLine } from "@/server/domain/csv/shift-line";
import { mergeBreaks } from "@/server/domain/shifts/breaks";
import { newId } from "@/server/ids";
import { agencyEvent } from "@/server/realtime/channels";
import { type ImportInput, type ImportResult, importLines } from "@/server/services/csv/import-lines";
import { write } from "@/server/services/unit-of-work";
import { type LineToPlan, matchLines } from "./match-lines";
import { SHIFT_REFUSALS } from "./refusals";

/** Rows per statement: PostgreSQL takes 65,535 parameters. */
const CHUNK = 2_000;

/** Plans the shifts of a file, all of them or none. Who or what would be on two at once is named row by row. */
export const importShifts = (ctx: Ctx, input: ImportInput): Promise<ImportResult> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const { timeZone } = await agencyById(tx, agencyId);
    let lines: LineToPlan[] = [];
    return importLines<ShiftLine>(input, {
      columns: SHIFT_COLUMNS,
      schema: ShiftLine,
      judge: async (rows) => {
        const matched = await matchLines(tx, { agencyId, timeZone }, rows);
        lines = matched.lines;
        return matched.reasons;
      },
      store: async () => {
        const planned = lines.map((line) => ({ ...line, id: newId() }));
        const createdBy = actorUserId(ctx.actor) ?? null;
        const shifts = planned.map(({ id, vehicle, callSign, period, breaks }) => ({
          agencyId,
          id,
          vehicleId: vehicle.id,
          callSign,
          baseId: vehicle.baseId,
          breaks: mergeBreaks([], breaks, newId),
          createdBy,
          ...period,
        }));
        const crew = planned.flatMap(({ id: shiftId, crew: people, period }) =>
          people.map((userId) => ({ agencyId, id: newId(), shiftId, userId, ...period })),
        );
        await refusing(SHIFT_REFUSALS, async () => {
          for (const rows of chunks(shifts)) await insertShifts(tx, rows);
          for (const rows of chunks(crew)) await insertCrew(tx, rows);
        });
        for (const { id } of planned) uow.audit({ action: "shift.create", entity: "shift", entityId: id });
        uow.emit(agencyEvent(agencyId, "unit.changed", {}));
      },
    });
  });

const chunks = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, i) => rows.slice(i * CHUNK, (i + 1) * CHUNK));
