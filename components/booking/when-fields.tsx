"use client";

import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { TimeField } from "@/components/ui/time-field";
import type { BookingValues } from "./drafts";
import type { Missing } from "./to-booking";

type Props = { values: BookingValues; onChange: (change: Partial<BookingValues>) => void; errors: Missing };

const WHEN = [
  { value: "asap", label: "Now" },
  { value: "fixed", label: "At a time" },
  { value: "will_call", label: "Will call" },
] as const;

/** When: a call for now is urgent, a ride at a time is scheduled, unless the dispatcher says otherwise. */
export function WhenFields({ values, onChange, errors }: Props) {
  const setWhen = (when: BookingValues["when"]) => {
    const usual = when === "asap" ? "urgent" : "scheduled";
    onChange({ when, ...(values.priority !== "emergency" && { priority: usual }) });
  };
  return (
    <div className="flex flex-col gap-2">
      <Segmented aria-label="When" value={values.when} onValueChange={setWhen} options={WHEN} className="w-full" />
      {values.when !== "asap" && (
        <div className="grid grid-cols-2 gap-2">
          {values.when === "fixed" && (
            <Field label="Pickup at" error={errors.pickupAt}>
              {(control) => (
                <TimeField {...control} value={values.pickupAt} onValueChange={(pickupAt) => onChange({ pickupAt })} />
              )}
            </Field>
          )}
          <Field label="Appointment" optional error={errors.appointmentAt}>
            {(control) => (
              <TimeField
                {...control}
                nowOnEnter={false}
                value={values.appointmentAt}
                onValueChange={(appointmentAt) => onChange({ appointmentAt })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
