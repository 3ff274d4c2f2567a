"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { LucideIcon } from "lucide-react";
import { cn } from "@/components/lib/cn";

type Props<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: LucideIcon; count?: number }[];
  "aria-label": string;
  className?: string;
};

/** One of two to five, all in sight. */
export function Segmented<Value extends string>({ value, onValueChange, options, className, ...aria }: Props<Value>) {
  return (
    <ToggleGroup
      {...aria}
      value={[value]}
      onValueChange={([next]) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onValueChange(chosen.value);
      }}
      className={cn("inline-flex h-control rounded-md border border-control p-0.5", className)}
    >
      {options.map(({ value: one, label, icon: Icon, count }) => (
        <Toggle
          key={one}
          value={one}
          className="inline-flex flex-1 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm px-2 text-ink-2 text-table hover:text-ink data-pressed:bg-selected data-pressed:font-medium data-pressed:text-ink"
        >
          {Icon && <Icon size={14} aria-hidden="true" />}
          {label}
          {count !== undefined && <span className="text-ink-3">{count}</span>}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
