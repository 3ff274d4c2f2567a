"use client";

import { ChevronDown } from "lucide-react";
import { type ComponentType, type KeyboardEvent, useState } from "react";
import { cn } from "@/components/lib/cn";
import { idlePart, NotLoaded, useLoaded } from "@/components/lib/later";
import { controlStyle } from "./input";
import type { SelectProps } from "./select-list";

export type { Option } from "./select-list";

const list = idlePart<SelectProps<string> & { defaultOpen: boolean }>(() =>
  import("./select-list").then((part) => part.SelectList),
);

/** One of a few. More than a dozen: use Combobox. Until it is first opened the page has its button alone. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const [isAsked, setIsAsked] = useState(false);
  const { part, failed } = useLoaded(list);
  // One list serves every kind of value: it hands on what its options hold.
  const List = part as ComponentType<SelectProps<Value> & { defaultOpen: boolean }> | null;
  if (isAsked && List) return <List {...props} defaultOpen />;
  const open = () => {
    setIsAsked(true);
    void list.load();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!OPENING_KEYS.includes(event.key)) return;
    event.preventDefault();
    open();
  };
  const chosen = props.options.find(({ value }) => value === props.value)?.label;
  return (
    <>
      <button
        type="button"
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props, jsx-a11y/prefer-tag-over-role -- it becomes Base UI's combobox, whose list is not there yet
        role="combobox"
        id={props.id}
        aria-label={props["aria-label"]}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props.invalid || undefined}
        aria-haspopup="listbox"
        aria-expanded={false}
        disabled={props.disabled}
        onClick={open}
        onKeyDown={onKeyDown}
        className={cn(controlStyle, "flex items-center justify-between gap-2 text-left", props.className)}
      >
        <span className={cn("truncate", chosen === undefined && "text-ink-3")}>{chosen ?? props.placeholder}</span>
        <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
      </button>
      {isAsked && failed && <NotLoaded onRetry={list.load} />}
    </>
  );
}

const OPENING_KEYS: readonly string[] = ["ArrowDown", "ArrowUp", "Enter", " "];
