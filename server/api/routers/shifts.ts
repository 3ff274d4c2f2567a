import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { NewShift, ShiftPatch, SignOn, SwapVehicle } from "@/server/domain/shifts/shift";
import { ImportInput } from "@/server/services/csv/import-lines";
import { createShift } from "@/server/services/shifts/create-shift";
import { deactivateShift } from "@/server/services/shifts/deactivate-shift";
import { editShift } from "@/server/services/shifts/edit-shift";
import { getShift } from "@/server/services/shifts/get-shift";
import { importShifts } from "@/server/services/shifts/import-shifts";
import { listAssignablePeople } from "@/server/services/shifts/list-assignable-people";
import { ListDayInput, listDay } from "@/server/services/shifts/list-day";
import { signOffShift } from "@/server/services/shifts/sign-off-shift";
import { signOnShift } from "@/server/services/shifts/sign-on-shift";
import { swapVehicle } from "@/server/services/shifts/swap-vehicle";

const Id = z.strictObject({ id: z.uuid() });

/** Who is on which truck, and when. */
export const shiftsRouter = router({
  day: allowed("shifts.read")
    .input(ListDayInput)
    .query(({ ctx, input }) => listDay(ctx, input)),
  one: allowed("shifts.read")
    .input(Id)
    .query(({ ctx, input }) => getShift(ctx, input.id)),
  people: allowed("shifts.write").query(({ ctx }) => listAssignablePeople(ctx)),
  create: allowed("shifts.write")
    .input(NewShift)
    .mutation(({ ctx, input }) => createShift(ctx, input)),
  import: allowed("shifts.write")
    .input(ImportInput)
    .mutation(({ ctx, input }) => importShifts(ctx, input)),
  edit: allowed("shifts.write")
    .input(ShiftPatch.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...change } }) => editShift(ctx, id, change)),
  deactivate: allowed("shifts.write")
    .input(Id)
    .mutation(({ ctx, input }) => deactivateShift(ctx, input.id)),
  signOn: allowed("shifts.sign")
    .input(SignOn.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...rest } }) => signOnShift(ctx, id, rest)),
  signOff: allowed("shifts.sign")
    .input(SignOn.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...rest } }) => signOffShift(ctx, id, rest)),
  swapVehicle: allowed("shifts.write")
    .input(SwapVehicle.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...rest } }) => swapVehicle(ctx, id, rest)),
});
