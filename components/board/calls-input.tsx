"use client";

import { useId } from "react";
import { Input } from "@/components/ui/input";

type Props = {
  value: string;
  onValueChange: (digits: string) => void /** Takes the focus as it appears. */;
  isFirst?: boolean;
};

/** How often the rider was called: part of the evidence of a no-show or a cancellation at the door. */
export function CallsInput({ value, onValueChange, isFirst = false }: Props) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-2 text-table">
      <label htmlFor={id}>Times the rider was called</label>
      <Input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where a dispatcher just asked for this very field
        autoFocus={isFirst}
        value={value}
        onValueChange={(text) => onValueChange(text.replace(/\D/g, "").slice(0, 2))}
        className="h-7 w-14"
      />
    </span>
  );
}
