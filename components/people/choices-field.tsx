"use client";

import { Controller, type FieldPath, type FieldValues, type UseFormReturn } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";

type Props<Values extends FieldValues, Output> = {
  form: UseFormReturn<Values, unknown, Output>;
  name: FieldPath<Values>;
  legend: string;
  options: readonly { value: string; label: string; hint?: string }[];
};

/** Any of a few in a form: roles, scopes. */
export function ChoicesField<Values extends FieldValues, Output>({
  form,
  name,
  legend,
  options,
}: Props<Values, Output>) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => {
        const chosen: readonly string[] = Array.isArray(field.value) ? field.value : [];
        const toggle = (value: string, on: boolean) =>
          field.onChange(
            options.map((option) => option.value).filter((one) => (one === value ? on : chosen.includes(one))),
          );
        return (
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 text-ink-2 text-label">{legend}</legend>
            {options.map(({ value, label, hint }) => (
              <Checkbox
                key={value}
                checked={chosen.includes(value)}
                onCheckedChange={(on) => toggle(value, on)}
                label={
                  <>
                    {label}
                    {hint && <span className="text-ink-3 text-table"> · {hint}</span>}
                  </>
                }
              />
            ))}
            {fieldState.error && (
              <p role="alert" className="text-danger text-label">
                {fieldState.error.message ?? "Choose at least one"}
              </p>
            )}
          </fieldset>
        );
      }}
    />
  );
}
