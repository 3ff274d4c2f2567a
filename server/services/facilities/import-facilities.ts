import "server-only";
import { refusing } from "@/db/constraint-errors";
import { insertFacilities, listFacilityRows } from "@/db/queries/facilities";
import type { Ctx } from "@/server/context";
import { FACILITY_COLUMNS, FacilityLine } from "@/server/domain/csv/import-columns";
import { type ImportInput, type ImportResult, importLines, takenReasons } from "@/server/services/csv/import-lines";
import { write } from "@/server/services/unit-of-work";
import { facilityRow } from "./facility-row";
import { FACILITY_REFUSALS } from "./refusals";

const ALL = 100_000;
const nameOf = (value: FacilityLine) => value.name;

/** Adds the facilities of a file, all of them or none. */
export const importFacilities = (ctx: Ctx, input: ImportInput): Promise<ImportResult> =>
  write(ctx, async (tx, uow) => {
    const taken = new Set((await listFacilityRows(tx, ctx.actor.agencyId, { limit: ALL })).map(({ name }) => name));
    return importLines<FacilityLine>(input, {
      columns: FACILITY_COLUMNS,
      schema: FacilityLine,
      unique: { column: "name", keyOf: nameOf },
      judge: (rows) => takenReasons(rows, "name", nameOf, taken),
      store: async (values) => {
        const rows = values.map((value) => facilityRow(ctx, value));
        const made = await refusing(FACILITY_REFUSALS, () => insertFacilities(tx, rows));
        for (const { id } of made) uow.audit({ action: "facility.create", entity: "facility", entityId: id });
      },
    });
  });
