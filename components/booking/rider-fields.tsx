"use client";

import { IdCard, UserRound, X } from "lucide-react";
import { useState } from "react";
import { formatPhone } from "@/components/lib/format";
import { later } from "@/components/lib/later";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, type FieldControl } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { SuggestInput } from "@/components/ui/suggest-input";
import type { BookingValues, PickedRider } from "./drafts";
import { useRiderSearch } from "./use-place-search";

const RiderDialog = later(() => import("@/components/riders/rider-dialog").then((part) => part.RiderDialog));

type RiderValues = Pick<BookingValues, "rider" | "riderName" | "riderPhone" | "unknownRider">;
type Props = {
  value: RiderValues;
  onChange: (change: Partial<RiderValues>) => void;
  onKnown: (rider: PickedRider) => void;
  errors: { riderName?: string | undefined; riderPhone?: string | undefined };
};

/** Who rides: a known rider, a new name, or nobody known yet. */
export function RiderFields({ value, onChange, onKnown, errors }: Props) {
  const { rider, riderName, riderPhone, unknownRider } = value;
  return (
    <div className="grid grid-cols-[1fr_140px] gap-2">
      <Field label="Rider" error={errors.riderName}>
        {(control) =>
          rider ? (
            <KnownRider
              id={rider.id}
              name={rider.name}
              onClear={() => onChange({ rider: null, riderName: rider.name })}
            />
          ) : (
            <RiderSearch
              control={control}
              name={riderName}
              disabled={unknownRider}
              onName={(name) => onChange({ riderName: name })}
              onKnown={onKnown}
            />
          )
        }
      </Field>
      <Field label="Phone" optional error={errors.riderPhone}>
        {(control) => (
          <Input
            {...control}
            value={riderPhone}
            inputMode="tel"
            autoComplete="off"
            onChange={(event) => onChange({ riderPhone: event.currentTarget.value })}
          />
        )}
      </Field>
      {!rider && (
        <Checkbox
          label="Not known yet"
          checked={unknownRider}
          onCheckedChange={(checked) => onChange({ unknownRider: checked, ...(checked && { riderName: "" }) })}
          className="col-span-2"
        />
      )}
    </div>
  );
}

function KnownRider({ id, name, onClear }: { id: string; name: string; onClear: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <span className="flex h-control items-center gap-1.5 rounded-md border border-line bg-sunken pr-0.5 pl-2">
      <UserRound size={14} aria-hidden="true" className="text-ink-3" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <IconButton icon={IdCard} label="Rider’s card" size="sm" onClick={() => setOpen(true)} />
      <IconButton icon={X} label="Another rider" size="sm" onClick={onClear} />
      {open && <RiderDialog riderId={id} onClose={() => setOpen(false)} />}
    </span>
  );
}

type SearchProps = {
  control: FieldControl;
  name: string;
  disabled: boolean;
  onName: (name: string) => void;
  onKnown: (rider: PickedRider) => void;
};

/** A name stays what was typed; a known rider below it is taken with the arrows and Enter. */
function RiderSearch({ control, name, disabled, onName, onKnown }: SearchProps) {
  const { riders, behind } = useRiderSearch(name);
  return (
    <SuggestInput
      {...control}
      label="Known riders"
      value={name}
      onValueChange={onName}
      disabled={disabled}
      placeholder={disabled ? "Not known yet" : "Name"}
      items={riders}
      behind={behind}
      itemKey={(found) => found.id}
      itemText={(found) => found.name}
      itemHint={(found) => (found.phone ? formatPhone(found.phone) : found.address)}
      onTake={({ id, name: known, phone, defaultLevel, needs }) =>
        onKnown({ id, name: known, phone, level: defaultLevel, needs })
      }
    />
  );
}
