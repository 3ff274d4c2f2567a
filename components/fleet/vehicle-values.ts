import { z } from "zod";
import { Configurations } from "@/server/domain/csv/import-columns";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { VehicleTypeSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { line } from "@/server/domain/text";
import { LevelSchema } from "@/server/domain/trips/vocabulary-schemas";
import { configurationsText } from "./configurations-text";
import { orNothing, typedNumber } from "./form-values";

const Count = typedNumber(z.int().min(0).max(50), "A number from 0 to 50");

/** The vehicle form: text as it is typed in, what the API takes out. */
export const VehicleForm = z.object({
  vehicleNo: line(32),
  callSign: line(24),
  type: VehicleTypeSchema,
  levels: z.array(LevelSchema).min(1, "Choose at least one level"),
  ambulatory: Count,
  wheelchair: Count,
  stretcher: Count,
  configurations: z
    .string()
    .trim()
    .transform((text) => (text === "" ? undefined : text))
    .pipe(Configurations.optional()),
  baseId: z.uuid().nullable(),
  inService: z.boolean(),
  outOfServiceReason: orNothing(line(200)),
});
export type VehicleFormIn = z.input<typeof VehicleForm>;
export type VehicleFormOut = z.output<typeof VehicleForm>;

export const valuesOf = (vehicle: Vehicle): VehicleFormIn => ({
  vehicleNo: vehicle.vehicleNo,
  callSign: vehicle.callSign,
  type: vehicle.type,
  levels: vehicle.levels.flatMap((level) => LevelSchema.safeParse(level).data ?? []),
  ambulatory: String(vehicle.places.ambulatory),
  wheelchair: String(vehicle.places.wheelchair),
  stretcher: String(vehicle.places.stretcher),
  configurations: configurationsText(vehicle.configurations),
  baseId: vehicle.baseId,
  inService: vehicle.inService,
  outOfServiceReason: vehicle.outOfServiceReason ?? "",
});

/** What the API takes of a filled-in form. */
export const vehicleOf = ({ ambulatory, wheelchair, stretcher, configurations, ...rest }: VehicleFormOut) => ({
  ...rest,
  places: { ambulatory, wheelchair, stretcher },
  configurations: configurations ?? [],
});
