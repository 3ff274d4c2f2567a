"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { controlStyle } from "./input";

export type Option<Value extends string = string> = {
  value: Value;
  label: string;
  icon?: ReactNode;
  disabled?: boolean;
};

export type SelectProps<Value extends string> = {
  value: Value | null;
  onValueChange: (value: Value) => void;
  options: readonly Option<Value>[];
  /** Read aloud when no visible label is tied to it by `id`. */
  "aria-label"?: string;
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  invalid?: boolean;
  "aria-describedby"?: string;
  className?: string;
};

/** The choice with its list, whole: for a page that must not need anything more; the others take `Select`. */
export function SelectList<Value extends string>({
  defaultOpen,
  ...all
}: SelectProps<Value> & { defaultOpen?: boolean }) {
  const { options, placeholder, className, id, invalid, ...props } = all;
  const { value, onValueChange, disabled } = props;
  return (
    <Base.Root
      defaultOpen={defaultOpen}
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      disabled={disabled}
      modal={false}
    >
      <Base.Trigger
        id={id}
        aria-label={props["aria-label"]}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={invalid || undefined}
        className={cn(controlStyle, "flex items-center justify-between gap-2 text-left", className)}
      >
        <Base.Value className="truncate data-placeholder:text-ink-3" placeholder={placeholder} />
        <Base.Icon className="shrink-0 text-ink-3">
          <ChevronDown size={14} aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner alignItemWithTrigger={false} sideOffset={4} align="start" className="z-50">
          <Base.Popup className="popup max-h-80 min-w-(--anchor-width) overflow-y-auto p-1">
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} disabled={option.disabled} className="menu-item">
                  {option.icon}
                  <Base.ItemText className="flex-1">{option.label}</Base.ItemText>
                  <Base.ItemIndicator>
                    <Check size={14} aria-hidden="true" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
