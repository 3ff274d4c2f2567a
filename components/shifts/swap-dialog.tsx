"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { FormDialog } from "@/components/fleet/form-dialog";
import { levelName } from "@/components/fleet/level-names";
import { useSave } from "@/components/fleet/use-save";
import { useTRPC } from "@/components/lib/trpc";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import type { Shift } from "@/server/domain/shifts/shift";

const SwapForm = z.object({ vehicleId: z.uuid("Choose a vehicle") });

/** Another truck for a unit: its call sign and its trips go along. */
export function SwapDialog({ shift, onClose }: { shift: Shift; onClose: () => void }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.fleet.vehicles.list.queryOptions());
  const { mutateAsync } = useMutation(trpc.shifts.swapVehicle.mutationOptions());
  const form = useForm({ resolver: zodResolver(SwapForm), defaultValues: { vehicleId: "" } });
  const nameOf = (id: string) => data.find((vehicle) => vehicle.id === id)?.vehicleNo ?? "";
  const saving = useSave({
    form,
    save: ({ vehicleId }) => mutateAsync({ id: shift.id, vehicleId, version: shift.version }),
    said: ({ vehicleId }) => `${shift.callSign} goes on with ${nameOf(vehicleId)}`,
    onDone: onClose,
  });
  const free = data.filter(({ id, inService, shift: other }) => id !== shift.vehicleId && inService && other === null);
  return (
    <FormDialog
      title={`Swap the vehicle of ${shift.callSign}`}
      description={`Now on ${nameOf(shift.vehicleId)}. The call sign stays, unfinished trips go along.`}
      form={form}
      saving={saving}
      onClose={onClose}
      action="Swap vehicle"
    >
      <Controller
        control={form.control}
        name="vehicleId"
        render={({ field, fieldState }) => (
          <Field
            label="Vehicle to go on with"
            error={fieldState.error?.message}
            hint="In service and not on a shift now"
          >
            {({ "aria-invalid": invalid, ...control }) => (
              <Combobox
                {...control}
                invalid={invalid}
                items={free}
                value={free.find(({ id }) => id === field.value) ?? null}
                onValueChange={(vehicle) => field.onChange(vehicle?.id ?? "")}
                itemKey={({ id }) => id}
                itemText={({ vehicleNo }) => vehicleNo}
                itemHint={({ levels }) => levels.map(levelName).join(" ")}
                placeholder="Number"
                emptyText="No free vehicle"
              />
            )}
          </Field>
        )}
      />
    </FormDialog>
  );
}
