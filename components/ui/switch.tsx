"use client";

import { Switch as Base } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/lib/cn";

type Props = {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  disabled?: boolean;
  className?: string;
};

/** On or off, at once: not a form's answer but a setting. */
export function Switch({ label, className, ...props }: Props) {
  const id = useId();
  return (
    <span className={cn("inline-flex min-h-6 items-center justify-between gap-3", className)}>
      <label htmlFor={id}>{label}</label>
      <Base.Root
        id={id}
        className="flex h-4 w-7 shrink-0 items-center rounded-full border border-control bg-sunken p-px transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
        {...props}
      >
        <Base.Thumb className="size-3 rounded-full bg-control transition-transform data-checked:translate-x-3 data-checked:bg-on-accent" />
      </Base.Root>
    </span>
  );
}
