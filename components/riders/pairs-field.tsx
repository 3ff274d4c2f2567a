"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useRiderSearch } from "@/components/booking/use-place-search";
import { formatPhone } from "@/components/lib/format";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import type { PairRule } from "@/server/domain/riders/riding-rules";
import type { RiderFormIn, RiderFormOut } from "./rider-values";

type Pair = RiderFormIn["pairs"][number];
type Props = { form: UseFormReturn<RiderFormIn, unknown, RiderFormOut>; riderId: string };
const RULES: { value: PairRule; label: string }[] = [
  { value: "apart", label: "Never together" },
  { value: "together", label: "On one unit" },
];

/** Riders who go together with this one, or are never aboard with them. */
export function PairsField({ form, riderId }: Props) {
  return (
    <Controller
      control={form.control}
      name="pairs"
      render={({ field, fieldState }) => (
        <Field label="Rides with others" optional error={fieldState.error?.message}>
          {({ "aria-invalid": invalid, ...control }) => (
            <div className="flex flex-col gap-1.5">
              {field.value.length > 0 && <Pairs pairs={field.value} onChange={field.onChange} />}
              <AddRider
                control={control}
                invalid={invalid}
                taken={[riderId, ...field.value.map((pair) => pair.riderId)]}
                onAdd={(pair) => field.onChange([...field.value, pair])}
              />
            </div>
          )}
        </Field>
      )}
    />
  );
}

function Pairs({ pairs, onChange }: { pairs: Pair[]; onChange: (pairs: Pair[]) => void }) {
  return (
    <ul aria-label="Other riders" className="flex flex-col gap-1">
      {pairs.map((pair) => (
        <li key={pair.riderId} className="flex items-center gap-1.5">
          <span className="min-w-0 flex-1 truncate">{pair.name}</span>
          <Select
            aria-label={`Rule for ${pair.name}`}
            className="w-36"
            options={RULES}
            value={pair.rule}
            onValueChange={(rule) => onChange(pairs.map((one) => (one === pair ? { ...pair, rule } : one)))}
          />
          <IconButton
            icon={X}
            size="sm"
            label={`No rule for ${pair.name}`}
            onClick={() => onChange(pairs.filter((one) => one !== pair))}
          />
        </li>
      ))}
    </ul>
  );
}

type AddProps = {
  control: { id: string; "aria-describedby": string | undefined };
  invalid: true | undefined;
  taken: readonly string[];
  onAdd: (pair: Pair) => void;
};

function AddRider({ control, invalid, taken, onAdd }: AddProps) {
  const [text, setText] = useState("");
  const { riders, behind } = useRiderSearch(text);
  return (
    <Combobox
      {...control}
      key={taken.length}
      invalid={invalid}
      items={riders.filter(({ id }) => !taken.includes(id))}
      value={null}
      onQueryChange={setText}
      behind={behind}
      onValueChange={(rider) => {
        if (!rider) return;
        setText("");
        onAdd({ riderId: rider.id, name: rider.name, rule: "apart" });
      }}
      itemKey={({ id }) => id}
      itemText={({ name }) => name}
      itemHint={({ phone }) => phone && formatPhone(phone)}
      placeholder="Find a rider"
      emptyText="Nobody of this name"
    />
  );
}
