"use client";

import { type ReactNode, useId } from "react";
import { cn } from "@/components/lib/cn";
import { CloseButton } from "./close-button";

type Props = {
  title: ReactNode;
  /** Small facts beside the title. */
  meta?: ReactNode;
  actions?: ReactNode;
  onClose?: () => void;
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
};

const PANEL = "data-docked-panel";

/** Gives the focus to the panel around an element whose focus goes with it: Esc then closes the panel, Tab goes on in it. */
export const focusPanelAround = (inside: Element | null): void =>
  inside?.closest<HTMLElement>(`[${PANEL}]`)?.focus({ preventScroll: true });

/** Whether the focus is nowhere, or in the panel around an element: what opens there may take it. */
export function mayTakeFocus(inside: Element | null): boolean {
  const active = document.activeElement;
  return active === document.body || Boolean(inside?.closest(`[${PANEL}]`)?.contains(active));
}

/** A panel beside the work, never over it: booking, a trip, a unit's card. Esc inside it closes it. */
export function DockedPanel({ title, meta, actions, onClose, children, footer, className }: Props) {
  const id = useId();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc bubbles up from the controls inside
    <section
      {...{ [PANEL]: "" }}
      tabIndex={-1}
      aria-labelledby={id}
      className={cn("flex h-full min-h-0 min-w-0 flex-col bg-panel outline-none", className)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented || !onClose) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="flex h-bar shrink-0 items-center gap-2 border-line border-b pr-1 pl-3">
        <h2 id={id} className="truncate font-semibold text-base">
          {title}
        </h2>
        <div className="min-w-0 flex-1 truncate text-ink-3 text-table">{meta}</div>
        {actions}
        {onClose && <CloseButton onClick={onClose} />}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer && <footer className="flex shrink-0 justify-end gap-2 border-line border-t p-2">{footer}</footer>}
    </section>
  );
}
