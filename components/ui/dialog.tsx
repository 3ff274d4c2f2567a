"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactNode, type RefObject, useRef } from "react";
import { cn } from "@/components/lib/cn";
import { CloseButton } from "./close-button";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  /** What takes the focus first; otherwise the first field. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** What takes the focus when it closes; otherwise what had it before. */
  finalFocus?: () => HTMLElement | null;
  className?: string;
};

/** Asks before going on. Esc closes; what was typed is the caller's to keep. */
export function Dialog(props: Props) {
  const { open, onOpenChange, title, description, children, footer, initialFocus, finalFocus, className } = props;
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-4">
          <Base.Popup
            initialFocus={initialFocus ?? (() => firstField(body.current) ?? true)}
            finalFocus={finalFocus}
            className={cn("popup flex max-h-[calc(100dvh-32px)] w-full max-w-120 flex-col", className)}
          >
            <header className="flex items-start justify-between gap-4 py-3 pr-2 pl-4">
              <div className="min-w-0">
                <Base.Title className="text-title font-semibold">{title}</Base.Title>
                {description && <Base.Description className="text-ink-2">{description}</Base.Description>}
              </div>
              <Base.Close render={<CloseButton className="-mt-1" />} />
            </header>
            <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
              {children}
            </div>
            {footer && <footer className="flex justify-end gap-2 border-line border-t px-4 py-3">{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The first thing to fill in, before the button that closes. */
const firstField = (body: HTMLElement | null) =>
  body?.querySelector<HTMLElement>("input:not([type=hidden], [aria-hidden], :disabled), textarea, [role=combobox]");
