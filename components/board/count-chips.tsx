"use client";

import { Siren } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { Chip } from "@/components/ui/badge";
import { COUNT_WORDS, COUNTS, type CountName, IS_TROUBLE } from "./split-trips";

type Props = {
  counts: Record<CountName, number> | undefined;
  value: CountName | null;
  onChange: (count: CountName | null) => void;
};

/** How many of what; pressing one shows only those, pressing it again shows all. */
export function CountChips({ counts, value, onChange }: Props) {
  return (
    <fieldset aria-label="Show only" className="flex min-w-0 items-center gap-1 overflow-x-auto p-0.5">
      {COUNTS.filter(
        (name) => name === value || name === "unassigned" || name === "late" || (counts?.[name] ?? 0) > 0,
      ).map((name) => {
        const count = counts?.[name] ?? 0;
        const isTrouble = IS_TROUBLE[name] && count > 0;
        return (
          <Chip key={name} pressed={value === name} onClick={() => onChange(value === name ? null : name)}>
            {name === "emergency" && <Siren size={12} aria-hidden="true" className="text-danger" />}
            {COUNT_WORDS[name]}
            <span className={cn("min-w-3 text-center font-semibold", isTrouble ? "text-danger" : "text-ink")}>
              {counts ? count : "–"}
            </span>
          </Chip>
        );
      })}
    </fieldset>
  );
}
