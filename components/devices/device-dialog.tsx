"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Controller, type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { SelectField, TextField } from "@/components/fleet/fields";
import { FormDialog } from "@/components/fleet/form-dialog";
import { useRowVersion } from "@/components/fleet/use-row-version";
import { useSave } from "@/components/fleet/use-save";
import { useTRPC } from "@/components/lib/trpc";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import type { Device } from "@/server/domain/devices/device";
import { DeviceForm, type DeviceFormIn, type DeviceFormOut, deviceOf, deviceValues } from "./device-values";
import type { Paired } from "./pairing-dialog";

type Form = UseFormReturn<DeviceFormIn, unknown, DeviceFormOut>;
type Props = { device: Device | null; onClose: () => void; onPaired: (paired: Paired) => void };

/** Names a phone or tracker and whose it is; a new one goes on to its QR codes. */
export function DeviceDialog({ device, onClose, onPaired }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { version, takeOverInto } = useRowVersion(device);
  const create = useMutation(trpc.devices.create.mutationOptions());
  const edit = useMutation(trpc.devices.edit.mutationOptions());
  const form: Form = useForm({ resolver: zodResolver(DeviceForm), defaultValues: deviceValues(device) });
  const saving = useSave({
    form,
    save: async (values) => {
      if (device) await edit.mutateAsync({ id: device.id, version, ...deviceOf(values) });
      else onPaired(await create.mutateAsync(deviceOf(values)));
      await queries.invalidateQueries(trpc.devices.pathFilter());
    },
    said: ({ label }) => `${label} saved`,
    onDone: device ? onClose : () => undefined,
  });
  const takeOver = takeOverInto(form, saving, deviceValues);
  return (
    <FormDialog
      title={device ? device.label : "Pair a device"}
      description={device ? undefined : "A phone or tracker that sends positions, of a vehicle or of a person."}
      form={form}
      saving={saving}
      onTakeOver={takeOver}
      onClose={onClose}
      action={device ? "Save" : "Show the QR codes"}
    >
      <TextField form={form} name="label" label="Name of the device" hint="As it is found again: M12 tablet" />
      <OwnerFields form={form} />
      <div className="grid grid-cols-2 gap-3">
        <TextField form={form} name="intervalS" label="Seconds between two positions" inputMode="numeric" />
        <SelectField
          form={form}
          name="speedUnit"
          label="Unit of its speeds"
          options={[
            { value: "auto", label: "As its app says" },
            { value: "mps", label: "m/s" },
            { value: "kmh", label: "km/h" },
            { value: "knots", label: "Knots" },
          ]}
        />
      </div>
    </FormDialog>
  );
}

function OwnerFields({ form }: { form: Form }) {
  const trpc = useTRPC();
  const kind = useWatch({ control: form.control, name: "kind" });
  const vehicles = useQuery(trpc.fleet.vehicles.list.queryOptions());
  const people = useQuery(trpc.shifts.people.queryOptions());
  return (
    <>
      <Segmented
        aria-label="Belongs to"
        value={kind}
        onValueChange={(value) => form.setValue("kind", value)}
        options={[
          { value: "vehicle", label: "A vehicle" },
          { value: "person", label: "A person" },
        ]}
        className="self-start"
      />
      {kind === "vehicle" ? (
        <PickField
          form={form}
          name="vehicleId"
          label="Vehicle"
          items={(vehicles.data ?? []).map(({ id, vehicleNo, callSign }) => ({ id, text: `${vehicleNo} ${callSign}` }))}
        />
      ) : (
        <PickField
          form={form}
          name="userId"
          label="Person"
          items={(people.data ?? []).map(({ id, name }) => ({ id, text: name }))}
          hint="Positions count for the vehicle of the shift this person is signed on to"
        />
      )}
    </>
  );
}

type PickProps = {
  form: Form;
  name: "vehicleId" | "userId";
  label: string;
  items: { id: string; text: string }[];
  hint?: string;
};

function PickField({ form, name, label, items, hint }: PickProps) {
  return (
    <Controller
      key={name}
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} hint={hint} error={fieldState.error?.message}>
          {({ "aria-invalid": invalid, ...control }) => (
            <Combobox
              {...control}
              invalid={invalid}
              items={items}
              value={items.find(({ id }) => id === field.value) ?? null}
              onValueChange={(item) => field.onChange(item?.id ?? "")}
              itemKey={({ id }) => id}
              itemText={({ text }) => text}
            />
          )}
        </Field>
      )}
    />
  );
}
