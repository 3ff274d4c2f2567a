"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, type FieldPath, type FieldValues, type UseFormReturn } from "react-hook-form";
import { useTRPC } from "@/components/lib/trpc";
import { PeopleField } from "./people-field";

type Props<Values extends FieldValues, Output> = {
  form: UseFormReturn<Values, unknown, Output>;
  name: FieldPath<Values>;
  label: string;
  listLabel: string;
  hint?: string;
};

/** People of the agency who are preferred, or refused. */
export function CrewListField<Values extends FieldValues, Output>(props: Props<Values, Output>) {
  const { form, name, ...shown } = props;
  const trpc = useTRPC();
  const people = useQuery(trpc.shifts.people.queryOptions());
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <PeopleField
          {...shown}
          optional
          people={people.data ?? []}
          value={field.value}
          onChange={field.onChange}
          error={fieldState.error?.message}
        />
      )}
    />
  );
}
