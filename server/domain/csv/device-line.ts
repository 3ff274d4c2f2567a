import { z } from "zod";
import { SpeedUnitSchema } from "@/server/domain/devices/device";
import { EmailSchema } from "@/server/domain/people/user";
import { line } from "@/server/domain/text";
import type { Columns } from "./read-table";

/** What a file of devices is asked for: each belongs to a vehicle, by its number, or to a person, by e-mail. */
export const DEVICE_COLUMNS: Columns = {
  required: ["label"],
  optional: ["vehicle", "email", "intervalS", "speedUnit"],
};
/** Also our own export, which says whose it is in one column. */
export const DEVICE_FILE_COLUMNS: Columns = {
  required: DEVICE_COLUMNS.required,
  optional: [...DEVICE_COLUMNS.optional, "belongsTo"],
  ignored: ["state", "app", "lastHeard", "network"],
  aliases: { device: "label", vehicleNo: "vehicle" },
};

const Seconds = z
  .string()
  .refine((text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 3600, "whole seconds from 1 to 3600")
  .transform(Number);

type Owned = { vehicle?: string | undefined; email?: string | undefined; belongsTo?: string | undefined };

export const DeviceLine = z
  .object({
    label: line(80),
    vehicle: line(32).optional(),
    email: EmailSchema.optional(),
    belongsTo: z.union([EmailSchema, line(32)]).optional(),
    intervalS: Seconds.optional(),
    speedUnit: z
      .string()
      .transform((text) => text.toLowerCase())
      .pipe(SpeedUnitSchema)
      .optional(),
  })
  .refine((it: Owned) => [it.vehicle, it.email, it.belongsTo].filter((given) => given !== undefined).length === 1, {
    path: ["vehicle"],
    message: "name the vehicle or the e-mail it belongs to, one of them",
  })
  .transform(({ belongsTo, ...rest }) =>
    belongsTo === undefined ? rest : { ...rest, [belongsTo.includes("@") ? "email" : "vehicle"]: belongsTo },
  );
export type DeviceLine = z.infer<typeof DeviceLine>;
