"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/lib/cn";

type Props = {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** Some of what it stands for is chosen. */
  indeterminate?: boolean;
  label?: ReactNode;
  "aria-label"?: string;
  disabled?: boolean;
  tabIndex?: number;
  className?: string;
};

/** Yes or no, as part of a form or a selection. */
export function Checkbox({ label, className, indeterminate, ...props }: Props) {
  const id = useId();
  const box = (
    <Base.Root
      id={id}
      indeterminate={indeterminate}
      className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-panel text-on-accent data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:opacity-50"
      {...props}
    >
      <Base.Indicator className="flex">
        {indeterminate ? (
          <Minus size={12} strokeWidth={3} aria-hidden="true" />
        ) : (
          <Check size={12} strokeWidth={3} aria-hidden="true" />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (label === undefined) return box;
  return (
    <span className={cn("inline-flex min-h-6 items-center gap-2", className)}>
      {box}
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
