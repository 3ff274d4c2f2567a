"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CloseButton } from "@/components/ui/close-button";
import { Kbd } from "@/components/ui/kbd";
import { RefusalNote } from "./refusal-note";
import type { TripFacts } from "./what-changed";

type Props = {
  title: string;
  /** A verb with its object. */
  action: string;
  onSubmit: () => void;
  onClose: () => void;
  busy: boolean;
  disabled?: boolean;
  error: unknown;
  before?: ((show: (at: Date) => string) => TripFacts) | undefined;
  /** What can be done about a refusal. */
  onRefused?: { label: string; run: () => void } | undefined;
  danger?: boolean;
  children: ReactNode;
};

/** A form in a trip's panel. Ctrl-Enter submits; Esc puts it away and keeps what was typed. */
export function PanelForm(props: Props) {
  const { title, action, onSubmit, onClose, busy, disabled = false, error, onRefused } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // It was just asked for: the first field takes the focus.
    form.current?.querySelector<HTMLElement>("input, textarea, [role=combobox]")?.focus();
  }, []);
  const submit = () => {
    if (!disabled && !busy) onSubmit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isSubmit = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (event.defaultPrevented || !(isSubmit || event.key === "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (isSubmit) submit();
    else onClose();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl-Enter and Esc from any field
    <form
      ref={form}
      aria-label={title}
      noValidate
      className="flex flex-col gap-2 border-line border-b bg-sunken px-3 py-2.5 shadow-[inset_2px_0_0_var(--accent)]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={onKeyDown}
    >
      <div className="flex items-center justify-between">
        <h3 className="font-semibold">{title}</h3>
        <CloseButton size="sm" onClick={onClose} />
      </div>
      {props.children}
      <RefusalNote
        error={error}
        before={props.before}
        action={
          onRefused && (
            <Button size="sm" onClick={onRefused.run}>
              {onRefused.label}
            </Button>
          )
        }
      />
      <div className="flex justify-end">
        <Button
          type="submit"
          variant={props.danger ? "danger" : "primary"}
          size="sm"
          busy={busy}
          disabled={disabled}
          className="h-7"
        >
          {action} <Kbd keys="Ctrl Enter" />
        </Button>
      </div>
    </form>
  );
}
