import "server-only";
import { refusing } from "@/db/constraint-errors";
import { listBaseRows } from "@/db/queries/bases";
import { insertVehicles, listVehicleRows } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import { VEHICLE_COLUMNS, VehicleLine } from "@/server/domain/csv/import-columns";
import { USUAL_CAPACITY } from "@/server/domain/fleet/defaults";
import type { NewVehicle } from "@/server/domain/fleet/vehicle";
import { agencyEvent } from "@/server/realtime/channels";
import { type ImportInput, type ImportResult, importLines, takenReasons } from "@/server/services/csv/import-lines";
import { write } from "@/server/services/unit-of-work";
import { VEHICLE_REFUSALS } from "./refusals";
import { vehicleRow } from "./vehicle-row";

const ALL = 100_000;
const vehicleNo = (value: VehicleLine) => value.vehicleNo;

/** Adds the trucks of a file, all of them or none. */
export const importVehicles = (ctx: Ctx, input: ImportInput): Promise<ImportResult> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const taken = new Set((await listVehicleRows(tx, agencyId, { limit: ALL })).map((row) => row.vehicleNo));
    const bases = new Map((await listBaseRows(tx, agencyId, { limit: ALL })).map(({ name, id }) => [name, id]));
    return importLines<VehicleLine>(input, {
      columns: VEHICLE_COLUMNS,
      schema: VehicleLine,
      unique: { column: "vehicleNo", keyOf: vehicleNo },
      judge: (rows) => [
        ...takenReasons(rows, "vehicleNo", vehicleNo, taken),
        ...rows
          .filter(({ value }) => value.base !== undefined && !bases.has(value.base))
          .map(({ row }) => ({ row, column: "base", code: "unknown", message: "there is no base of this name" })),
      ],
      store: async (values) => {
        const rows = values.map((value) => vehicleRow(ctx, newVehicle(value, bases)));
        const made = await refusing(VEHICLE_REFUSALS, () => insertVehicles(tx, rows));
        for (const { id } of made) uow.audit({ action: "vehicle.create", entity: "vehicle", entityId: id });
        uow.emit(agencyEvent(agencyId, "unit.changed", {}));
      },
    });
  });

function newVehicle(
  { base, ambulatory, wheelchair, stretcher, ...given }: VehicleLine,
  bases: Map<string, string>,
): NewVehicle {
  const usual = USUAL_CAPACITY[given.type].places;
  const said = ambulatory ?? wheelchair ?? stretcher;
  const places = { ambulatory: ambulatory ?? 0, wheelchair: wheelchair ?? 0, stretcher: stretcher ?? 0 };
  const baseId = base === undefined ? null : (bases.get(base) ?? null);
  return { ...given, places: said === undefined ? usual : places, baseId };
}
