"use client";

import { MapPin } from "lucide-react";
import { useState } from "react";
import { onDemand } from "@/components/lib/later";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import type { PickedPlace } from "./drafts";
import { usePlaceSearch } from "./use-place-search";

/** Brings the map along: fetched by who picks a place on it, not with every page that books. */
const MapPickDialog = onDemand(() => import("./map-pick-dialog").then((part) => part.MapPickDialog));

type Props = {
  label: string;
  value: PickedPlace | null;
  onChange: (place: PickedPlace | null) => void;
  /** Told what is typed and no place yet; it stays so when the field is left, where it shows no more. Empty: nothing is. */
  onLoose?: (text: string) => void;
  error?: string | undefined;
  optional?: boolean;
};

const KIND_WORD = { facility: "Facility", address: "Address", street: "Street", intersection: "Crossing" } as const;
const keyOf = (place: PickedPlace) => place.facilityId ?? `${place.label} ${place.lat} ${place.lon}`;

/** A place by facility, by address, by crossing, or by a point on the map. */
export function PlaceField({ label, value, onChange, onLoose, error, optional }: Props) {
  const [text, setText] = useState("");
  const [picking, setPicking] = useState(false);
  // What was taken stands in the field as its text: that is no question.
  const chosen = value && text === value.label ? value : null;
  const { places, behind, failed } = usePlaceSearch(chosen ? "" : text);
  return (
    <Field
      label={label}
      optional={optional}
      error={error ?? (failed ? "The address search does not answer" : undefined)}
    >
      {(control) => (
        <div className="flex gap-1">
          <Combobox<PickedPlace>
            id={control.id}
            aria-describedby={control["aria-describedby"]}
            invalid={Boolean(control["aria-invalid"])}
            items={chosen ? [chosen] : places}
            value={value}
            onValueChange={(place) => {
              onChange(place);
              onLoose?.("");
            }}
            onQueryChange={(next, isTyped) => {
              setText(next);
              if (isTyped) onLoose?.(next.trim());
            }}
            onFocus={() => onLoose?.("")}
            behind={behind}
            itemKey={keyOf}
            itemText={(place) => place.label}
            itemHint={(place) => ("kind" in place ? KIND_WORD[place.kind as keyof typeof KIND_WORD] : null)}
            emptyText={
              text.trim().length < 2
                ? "Facility, house number and street, or two streets"
                : "Nothing found. Pick it on the map"
            }
            placeholder="Facility or address"
            className="min-w-0 flex-1"
          />
          <IconButton icon={MapPin} label={`Pick ${label.toLowerCase()} on the map`} onClick={() => setPicking(true)} />
          {picking && (
            <MapPickDialog
              title={`${label}: click on the map`}
              start={value}
              onClose={() => setPicking(false)}
              onPick={(place) => {
                onChange(place);
                onLoose?.("");
                setPicking(false);
              }}
            />
          )}
        </div>
      )}
    </Field>
  );
}
