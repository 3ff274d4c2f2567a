"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { TextField } from "@/components/fleet/fields";
import { FormDialog } from "@/components/fleet/form-dialog";
import { useSave } from "@/components/fleet/use-save";
import { formatDuration, formatTimeOrDay } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { PeopleField } from "@/components/people/people-field";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { shiftPeriod } from "@/server/domain/shifts/agency-day";
import type { Shift } from "@/server/domain/shifts/shift";
import { BreaksField } from "./breaks-field";
import { plannedOf, readClock, ShiftForm, type ShiftFormIn, type ShiftFormOut, shiftValues } from "./shift-values";

type Form = UseFormReturn<ShiftFormIn, unknown, ShiftFormOut>;
type Props = { shift: Shift | null; day: string; onClose: () => void };

/** Plans a shift, or changes one. Of a running shift only the end, the call sign and the crew can change. */
export function ShiftDialog({ shift, day, onClose }: Props) {
  const trpc = useTRPC();
  const { timeZone } = useAgency();
  const [seen, setSeen] = useState(shift);
  const create = useMutation(trpc.shifts.create.mutationOptions());
  const edit = useMutation(trpc.shifts.edit.mutationOptions());
  const empty: ShiftFormIn = {
    vehicleId: "",
    callSign: "",
    crew: [],
    day,
    from: "07:00",
    to: "19:00",
    baseId: null,
    breaks: [],
  };
  const form: Form = useForm({
    resolver: zodResolver(ShiftForm),
    defaultValues: shift ? shiftValues(shift, timeZone) : empty,
  });
  const saving = useSave({
    form,
    save: (values) =>
      seen
        ? edit.mutateAsync({ id: seen.id, version: seen.version, ...plannedOf(values, timeZone, seen) })
        : create.mutateAsync(plannedOf({ ...values, baseId: null }, timeZone, null)),
    said: ({ callSign }) => `Shift ${callSign} saved`.replace("  ", " "),
    onDone: onClose,
  });
  const takeOver = (current: unknown) => {
    const row = current as Shift;
    setSeen(row);
    form.reset(shiftValues(row, timeZone));
    saving.forget();
  };
  return (
    <FormDialog
      title={shift ? `Shift of ${shift.callSign}` : "New shift"}
      form={form}
      saving={saving}
      onTakeOver={takeOver}
      onClose={onClose}
      action={shift ? "Save" : "Plan shift"}
    >
      <ShiftFields form={form} running={Boolean(seen?.signedOnAt)} />
    </FormDialog>
  );
}

function ShiftFields({ form, running }: { form: Form; running: boolean }) {
  const trpc = useTRPC();
  const people = useQuery(trpc.shifts.people.queryOptions());
  return (
    <>
      <div className="grid grid-cols-[1fr_140px] gap-3">
        <VehicleField form={form} disabled={running} />
        <TextField form={form} name="callSign" label="Call sign" optional hint="The vehicle's own, if empty" />
      </div>
      <div className="grid grid-cols-[1fr_96px_96px] gap-3">
        <TextField form={form} name="day" label="Day" type="date" />
        <TextField form={form} name="from" label="From" inputMode="numeric" />
        <TextField form={form} name="to" label="To" inputMode="numeric" />
      </div>
      <Understood form={form} />
      <Controller
        control={form.control}
        name="crew"
        render={({ field, fieldState }) => (
          <PeopleField
            label="Crew"
            listLabel="On this shift"
            people={people.data ?? []}
            value={field.value}
            onChange={field.onChange}
            error={fieldState.error?.message}
          />
        )}
      />
      <BreaksField form={form} />
    </>
  );
}

function VehicleField({ form, disabled }: { form: Form; disabled: boolean }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.fleet.vehicles.list.queryOptions());
  return (
    <Controller
      control={form.control}
      name="vehicleId"
      render={({ field, fieldState }) => (
        <Field
          label="Vehicle"
          error={fieldState.error?.message}
          hint={disabled ? "Signed on: swap the vehicle instead" : undefined}
        >
          {({ "aria-invalid": invalid, ...control }) => (
            <Combobox
              {...control}
              invalid={invalid}
              disabled={disabled}
              items={data}
              value={data.find(({ id }) => id === field.value) ?? null}
              onValueChange={(vehicle) => field.onChange(vehicle?.id ?? "")}
              itemKey={({ id }) => id}
              itemText={({ vehicleNo, callSign }) => (vehicleNo === callSign ? vehicleNo : `${vehicleNo} ${callSign}`)}
              itemHint={({ inService }) => (inService ? null : "out of service")}
              placeholder="Number or call sign"
            />
          )}
        </Field>
      )}
    />
  );
}

/** The period as it was understood: which day it ends on, and how long it really is. */
function Understood({ form }: { form: Form }) {
  const { timeZone } = useAgency();
  const [day, from, to] = useWatch({ control: form.control, name: ["day", "from", "to"] });
  const [start, end] = [readClock(from), readClock(to)];
  if (!start || !end || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return <p className="h-4 text-ink-3 text-label" />;
  const { startsAt, endsAt } = shiftPeriod(day, start, end, timeZone);
  return (
    <output className="h-4 text-ink-3 text-label">
      {formatTimeOrDay(startsAt, new Date(0), timeZone)} to {formatTimeOrDay(endsAt, startsAt, timeZone)},{" "}
      {formatDuration((+endsAt - +startsAt) / 1000)}
    </output>
  );
}
