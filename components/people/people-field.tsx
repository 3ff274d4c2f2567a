"use client";

import { X } from "lucide-react";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";

type Person = { id: string; name: string; crew: boolean };
type Props = {
  label: string;
  /** What the chosen ones are called, for who can't see them. */
  listLabel: string;
  hint?: string;
  optional?: boolean;
  people: readonly Person[];
  value: readonly string[];
  onChange: (crew: string[]) => void;
  error?: string;
};

/** Several people: chosen by name, taken off by the cross. */
export function PeopleField({ label, listLabel, hint, optional, people, value, onChange, error }: Props) {
  const free = people.filter(({ id }) => !value.includes(id));
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? "Somebody who left";
  return (
    <Field label={label} hint={hint} optional={optional} error={error}>
      {({ "aria-invalid": invalid, ...control }) => (
        <div className="flex flex-col gap-1.5">
          {value.length > 0 && (
            <ul aria-label={listLabel} className="flex flex-wrap gap-1">
              {value.map((id) => (
                <li key={id} className="flex h-6 items-center gap-1 rounded-sm bg-sunken pl-2 text-table">
                  {nameOf(id)}
                  <button
                    type="button"
                    aria-label={`Take ${nameOf(id)} off`}
                    onClick={() => onChange(value.filter((one) => one !== id))}
                    className="flex size-6 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
                  >
                    <X size={12} aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <Combobox<Person>
            {...control}
            key={value.length}
            invalid={invalid}
            items={free}
            value={null}
            onValueChange={(person) => person && onChange([...value, person.id])}
            itemKey={({ id }) => id}
            itemText={({ name }) => name}
            itemHint={({ crew }) => (crew ? "crew" : null)}
            placeholder="Add somebody"
            emptyText="Nobody of this name"
          />
        </div>
      )}
    </Field>
  );
}
