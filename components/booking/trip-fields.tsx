"use client";

import { Chip } from "@/components/ui/badge";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { KNOWN_NEEDS, LEVELS, type Level, PRIORITIES } from "@/server/domain/trips/vocabulary";
import type { BookingValues } from "./drafts";
import type { Missing } from "./to-booking";

type Props = { values: BookingValues; onChange: (change: Partial<BookingValues>) => void; errors: Missing };

const LEVEL_LABEL: Record<Level, string> = {
  ambulatory: "Amb",
  wheelchair: "WC",
  stretcher: "Str",
  bls: "BLS",
  als: "ALS",
  sct: "SCT",
};
const words = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");
const PRIORITY_OPTIONS = PRIORITIES.map((value) => ({ value, label: words(value) }));
const LEVEL_OPTIONS = LEVELS.map((value) => ({ value, label: LEVEL_LABEL[value] }));

/** What it needs: level of service, priority, needs, notes for the crew. */
export function TripFields({ values, onChange, errors }: Props) {
  const toggle = (need: string) =>
    onChange({
      needs: values.needs.includes(need) ? values.needs.filter((one) => one !== need) : [...values.needs, need],
    });
  return (
    <>
      <Segmented
        aria-label="Level of service"
        value={values.level}
        onValueChange={(level) => onChange({ level })}
        options={LEVEL_OPTIONS}
      />
      {errors.level && (
        <p role="alert" className="text-danger text-label">
          {errors.level}
        </p>
      )}
      <Segmented
        aria-label="Priority"
        value={values.priority}
        onValueChange={(priority) => onChange({ priority })}
        options={PRIORITY_OPTIONS}
      />
      <fieldset className="flex flex-wrap gap-1">
        <legend className="mb-1 text-ink-2 text-label">Needs</legend>
        {KNOWN_NEEDS.map((need) => (
          <Chip key={need} pressed={values.needs.includes(need)} onClick={() => toggle(need)}>
            {words(need)}
          </Chip>
        ))}
      </fieldset>
      <Field label="Notes for the crew" optional error={errors.notes}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={values.notes}
            onChange={(event) => onChange({ notes: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}
