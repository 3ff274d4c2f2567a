"use client";

import type { ReactNode } from "react";
import { Controller, type FieldPath, type FieldValues, type UseFormReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type Option, Select } from "@/components/ui/select";

type Common<Values extends FieldValues, Output> = {
  form: UseFormReturn<Values, unknown, Output>;
  name: FieldPath<Values>;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
  className?: string;
};

/** A line of text in a form. */
export function TextField<Values extends FieldValues, Output>(
  props: Common<Values, Output> & { inputMode?: "decimal" | "numeric" | "text"; type?: string },
) {
  const { form, name, label, hint, optional, className, inputMode, type } = props;
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} hint={hint} optional={optional} error={fieldState.error?.message} className={className}>
          {(control) => (
            <Input
              {...control}
              {...field}
              value={field.value ?? ""}
              type={type}
              inputMode={inputMode}
              autoComplete="off"
            />
          )}
        </Field>
      )}
    />
  );
}

/** One of a few in a form. `none` offers no choice at all under this label. */
export function SelectField<Values extends FieldValues, Output>(
  props: Common<Values, Output> & { options: readonly Option[]; none?: string; onPicked?: (value: string) => void },
) {
  const { form, name, label, hint, optional, className, options, none, onPicked } = props;
  const all = none === undefined ? options : [{ value: NONE, label: none }, ...options];
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} hint={hint} optional={optional} error={fieldState.error?.message} className={className}>
          {({ "aria-invalid": invalid, ...control }) => (
            <Select
              {...control}
              invalid={invalid}
              options={all}
              value={typeof field.value === "string" ? field.value : NONE}
              onValueChange={(value) => {
                field.onChange(value === NONE ? null : value);
                onPicked?.(value);
              }}
            />
          )}
        </Field>
      )}
    />
  );
}
const NONE = "-";
