"use client";

import { Input } from "@/components/ui/input";

/** How often the rider was called: part of the evidence of a no-show or a cancellation at the door. */
export function CallsInput({ value, onValueChange }: { value: string; onValueChange: (digits: string) => void }) {
  return (
    <Input
      aria-label="Times the rider was called"
      placeholder="Calls made"
      inputMode="numeric"
      value={value}
      onValueChange={(text) => onValueChange(text.replace(/\D/g, "").slice(0, 2))}
      className="h-7 w-24"
    />
  );
}
