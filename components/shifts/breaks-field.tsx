"use client";

import { Plus, X } from "lucide-react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { SelectField, TextField } from "@/components/fleet/fields";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { MOST_BREAKS } from "@/server/domain/shifts/breaks";
import { type ShiftFormIn, type ShiftFormOut, usualBreak } from "./shift-values";

const PLACES = [
  { value: "anywhere", label: "Anywhere" },
  { value: "base", label: "At the base" },
];

/** When the crew has its breaks: so many minutes, somewhere between two times. */
export function BreaksField({ form }: { form: UseFormReturn<ShiftFormIn, unknown, ShiftFormOut> }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "breaks" });
  const add = () => append(usualBreak(form.getValues("from"), form.getValues("to")));
  const refused = form.formState.errors.breaks?.message ?? form.formState.errors.breaks?.root?.message;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-ink-2 text-label">Breaks</legend>
      {fields.map(({ id }, i) => (
        <div key={id} className="grid grid-cols-3 items-end gap-2 sm:grid-cols-[1fr_1fr_1fr_1.6fr_auto]">
          <TextField form={form} name={`breaks.${i}.from`} label="Not before" inputMode="numeric" />
          <TextField form={form} name={`breaks.${i}.to`} label="Back by" inputMode="numeric" />
          <TextField form={form} name={`breaks.${i}.minutes`} label="Minutes" inputMode="numeric" />
          <div className="max-sm:col-span-2">
            <SelectField form={form} name={`breaks.${i}.at`} label="Where" options={PLACES} />
          </div>
          <IconButton icon={X} label={`Take break ${i + 1} out`} onClick={() => remove(i)} />
        </div>
      ))}
      {refused && (
        <p role="alert" className="text-danger text-label">
          {refused}
        </p>
      )}
      <div>
        <Button size="sm" disabled={fields.length >= MOST_BREAKS} onClick={add}>
          <Plus size={14} aria-hidden="true" /> Add a break
        </Button>
      </div>
    </fieldset>
  );
}
