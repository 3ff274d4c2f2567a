import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { DevicePatch, NewDevice } from "@/server/domain/devices/device";
import { ImportInput } from "@/server/services/csv/import-lines";
import { createDevice } from "@/server/services/devices/create-device";
import { editDevice } from "@/server/services/devices/edit-device";
import { importDevices } from "@/server/services/devices/import-devices";
import { getDevice, listDevices } from "@/server/services/devices/list-devices";
import { pairOwnPhone } from "@/server/services/devices/pair-own-phone";
import { revokeDevice } from "@/server/services/devices/revoke-device";
import { rotateDevice } from "@/server/services/devices/rotate-device";
import { watchPairing } from "@/server/services/devices/watch-pairing";
import { PageInput } from "@/server/services/page";

const Id = z.strictObject({ id: z.uuid() });

/** Phones and trackers that send fixes. */
export const devicesRouter = router({
  list: allowed("devices.read")
    .input(PageInput)
    .query(({ ctx, input }) => listDevices(ctx, input)),
  one: allowed("devices.read")
    .input(Id)
    .query(({ ctx, input }) => getDevice(ctx, input.id)),
  pairing: allowed("devices.read")
    .input(Id)
    .query(({ ctx, input }) => watchPairing(ctx, input.id)),
  create: allowed("devices.write")
    .input(NewDevice)
    .mutation(({ ctx, input }) => createDevice(ctx, input)),
  import: allowed("devices.write")
    .input(ImportInput)
    .mutation(({ ctx, input }) => importDevices(ctx, input)),
  edit: allowed("devices.write")
    .input(DevicePatch.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...change } }) => editDevice(ctx, id, change)),
  rotate: allowed("devices.write")
    .input(Id)
    .mutation(({ ctx, input }) => rotateDevice(ctx, input.id)),
  revoke: allowed("devices.write")
    .input(Id)
    .mutation(({ ctx, input }) => revokeDevice(ctx, input.id)),
  pairOwnPhone: allowed("me.availability").mutation(({ ctx }) => pairOwnPhone(ctx)),
});
