"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { CloseButton } from "@/components/ui/close-button";
import { chosenDigit } from "./use-digits";

type Props = {
  title: ReactNode;
  /** Right of the title. */
  tools?: ReactNode;
  onDigit?: (digit: number) => void;
  onClose: () => void;
  children: ReactNode;
};

/** What opened under a row: a title, its choices, and a way out. Digits choose from anywhere in it but a field. */
export function PanelFrame({ title, tools, onDigit, onClose, children }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    const digit = chosenDigit(event);
    if (digit === null || !onDigit) return;
    event.preventDefault();
    onDigit(digit);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- digits bubble up from the controls inside
    <div className="flex flex-col gap-2 px-3 py-2" onKeyDown={onKeyDown}>
      <div className="flex min-h-6 flex-wrap items-center gap-2">
        <h3 className="font-semibold">{title}</h3>
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 text-ink-2 text-table">{tools}</div>
        <CloseButton size="sm" onClick={onClose} />
      </div>
      {children}
    </div>
  );
}
