import { z } from "zod";
import { typedNumber } from "@/components/fleet/form-values";
import { DEFAULT_INTERVAL_S, type Device, SpeedUnitSchema } from "@/server/domain/devices/device";
import { line } from "@/server/domain/text";

/** The device form: it belongs to a truck or to a person. */
export const DeviceForm = z
  .object({
    label: line(80),
    kind: z.enum(["vehicle", "person"]),
    vehicleId: z.string(),
    userId: z.string(),
    intervalS: typedNumber(z.int().min(1).max(3600), "Seconds, from 1 to 3600"),
    speedUnit: SpeedUnitSchema,
  })
  .refine(({ kind, vehicleId }) => kind === "person" || vehicleId !== "", {
    path: ["vehicleId"],
    message: "Choose a vehicle",
  })
  .refine(({ kind, userId }) => kind === "vehicle" || userId !== "", { path: ["userId"], message: "Choose a person" });
export type DeviceFormIn = z.input<typeof DeviceForm>;
export type DeviceFormOut = z.output<typeof DeviceForm>;

export const deviceValues = (device: Device | null): DeviceFormIn => ({
  label: device?.label ?? "",
  kind: device?.userId ? "person" : "vehicle",
  vehicleId: device?.vehicleId ?? "",
  userId: device?.userId ?? "",
  intervalS: String(device?.intervalS ?? DEFAULT_INTERVAL_S),
  speedUnit: device?.speedUnit ?? "auto",
});

/** What the API takes of a filled-in form. */
export const deviceOf = ({ kind, vehicleId, userId, ...rest }: DeviceFormOut) => ({
  ...rest,
  ...(kind === "vehicle" ? { vehicleId } : { userId }),
});
