import "server-only";
import { refusing } from "@/db/constraint-errors";
import { insertBases, listBaseRows } from "@/db/queries/bases";
import { actorUserId, type Ctx } from "@/server/context";
import { BASE_COLUMNS, BaseLine } from "@/server/domain/csv/import-columns";
import { newId } from "@/server/ids";
import { type ImportInput, type ImportResult, importLines, takenReasons } from "@/server/services/csv/import-lines";
import { write } from "@/server/services/unit-of-work";
import { BASE_REFUSALS } from "./refusals";

const ALL = 100_000;
const nameOf = (value: BaseLine) => value.name;

/** Adds the bases of a file, all of them or none. */
export const importBases = (ctx: Ctx, input: ImportInput): Promise<ImportResult> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const taken = new Set((await listBaseRows(tx, agencyId, { limit: ALL })).map(({ name }) => name));
    return importLines<BaseLine>(input, {
      columns: BASE_COLUMNS,
      schema: BaseLine,
      unique: { column: "name", keyOf: nameOf },
      judge: (rows) => takenReasons(rows, "name", nameOf, taken),
      store: async (values) => {
        const rows = values.map(({ lat, lon, name, address }) => ({
          agencyId,
          id: newId(),
          name,
          address: address ?? null,
          location: { lng: lon, lat },
          createdBy: actorUserId(ctx.actor) ?? null,
        }));
        const made = await refusing(BASE_REFUSALS, () => insertBases(tx, rows));
        for (const { id } of made) uow.audit({ action: "base.create", entity: "base", entityId: id });
      },
    });
  });
