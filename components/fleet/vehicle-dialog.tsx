"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, type UseFormReturn, useForm } from "react-hook-form";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { USUAL_CAPACITY } from "@/server/domain/fleet/defaults";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { VEHICLE_TYPES } from "@/server/domain/fleet/vocabulary";
import { VehicleTypeSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { LEVELS, PLACE_KINDS } from "@/server/domain/trips/vocabulary";
import { optionsOf } from "./code-words";
import { SelectField, TextField } from "./fields";
import { FormDialog } from "./form-dialog";
import { LEVEL_NAMES } from "./level-names";
import { RemoveVehicle } from "./remove-vehicle";
import { useRowVersion } from "./use-row-version";
import { useSave } from "./use-save";
import { VehicleForm, type VehicleFormIn, type VehicleFormOut, valuesOf, vehicleOf } from "./vehicle-values";

type Form = UseFormReturn<VehicleFormIn, unknown, VehicleFormOut>;
const { places, levels } = USUAL_CAPACITY.ambulance;
const EMPTY: VehicleFormIn = {
  vehicleNo: "",
  callSign: "",
  type: "ambulance",
  levels,
  ambulatory: String(places.ambulatory),
  wheelchair: String(places.wheelchair),
  stretcher: String(places.stretcher),
  configurations: "",
  baseId: null,
  inService: true,
  outOfServiceReason: "",
};

/** Adds a truck, or changes one. */
export function VehicleDialog({ vehicle, onClose }: { vehicle: Vehicle | null; onClose: () => void }) {
  const trpc = useTRPC();
  const { version, takeOverInto } = useRowVersion(vehicle);
  const [removing, setRemoving] = useState(false);
  const create = useMutation(trpc.fleet.vehicles.create.mutationOptions());
  const edit = useMutation(trpc.fleet.vehicles.edit.mutationOptions());
  const form: Form = useForm({
    resolver: zodResolver(VehicleForm),
    defaultValues: vehicle ? valuesOf(vehicle) : EMPTY,
  });
  const saving = useSave({
    form,
    save: (values) =>
      vehicle
        ? edit.mutateAsync({ id: vehicle.id, version, ...vehicleOf(values) })
        : create.mutateAsync(vehicleOf(values)),
    said: ({ callSign }) => `${callSign} saved`,
    onDone: onClose,
  });
  const takeOver = takeOverInto(form, saving, valuesOf);
  return (
    <>
      <FormDialog
        title={vehicle ? `Vehicle ${vehicle.vehicleNo}` : "New vehicle"}
        form={form}
        saving={saving}
        onTakeOver={takeOver}
        onClose={onClose}
        action={vehicle ? "Save" : "Add vehicle"}
        extra={
          vehicle && (
            <Button variant="danger" onClick={() => setRemoving(true)}>
              Remove from the fleet
            </Button>
          )
        }
      >
        <VehicleFields form={form} />
      </FormDialog>
      {vehicle && removing && <RemoveVehicle vehicle={vehicle} onClose={() => setRemoving(false)} onDone={onClose} />}
    </>
  );
}

function VehicleFields({ form }: { form: Form }) {
  const trpc = useTRPC();
  const bases = useQuery(trpc.fleet.bases.list.queryOptions());
  const inService = form.watch("inService");
  const takeUsual = (type: string) => {
    const usual = VehicleTypeSchema.safeParse(type).data;
    if (!usual) return;
    form.setValue("levels", USUAL_CAPACITY[usual].levels);
    for (const kind of PLACE_KINDS) form.setValue(kind, String(USUAL_CAPACITY[usual].places[kind]));
  };
  return (
    <>
      <div className="grid grid-cols-3 gap-3">
        <TextField form={form} name="vehicleNo" label="Number" />
        <TextField form={form} name="callSign" label="Call sign" />
        <SelectField form={form} name="type" label="Type" options={optionsOf(VEHICLE_TYPES)} onPicked={takeUsual} />
      </div>
      <LevelsField form={form} />
      <div className="grid grid-cols-3 gap-3">
        <TextField form={form} name="ambulatory" label="Ambulatory places" inputMode="numeric" />
        <TextField form={form} name="wheelchair" label="Wheelchair places" inputMode="numeric" />
        <TextField form={form} name="stretcher" label="Stretcher places" inputMode="numeric" />
      </div>
      <TextField
        form={form}
        name="configurations"
        label="Other set-ups"
        optional
        hint="Ambulatory/wheelchair/stretcher, as 3/2/0; 6/0/0"
      />
      <SelectField
        form={form}
        name="baseId"
        label="Base"
        optional
        none="No base"
        options={(bases.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Controller
        control={form.control}
        name="inService"
        render={({ field }) => <Checkbox label="In service" checked={field.value} onCheckedChange={field.onChange} />}
      />
      {!inService && <TextField form={form} name="outOfServiceReason" label="Why it is out of service" optional />}
    </>
  );
}

function LevelsField({ form }: { form: Form }) {
  return (
    <Controller
      control={form.control}
      name="levels"
      render={({ field, fieldState }) => (
        <fieldset>
          <legend className="mb-1 text-ink-2 text-label">Levels of service</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {LEVELS.map((level) => (
              <Checkbox
                key={level}
                label={LEVEL_NAMES[level]}
                checked={field.value.includes(level)}
                onCheckedChange={(on) =>
                  field.onChange(LEVELS.filter((one) => (one === level ? on : field.value.includes(one))))
                }
              />
            ))}
          </div>
          {fieldState.error && (
            <p role="alert" className="text-danger text-label">
              {fieldState.error.message}
            </p>
          )}
        </fieldset>
      )}
    />
  );
}
