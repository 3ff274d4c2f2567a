"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  children: ReactNode;
  className?: string;
};

/** A docked panel on a screen too narrow to dock it: slides over from the right. */
export function Drawer({ open, onOpenChange, label, children, className }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          aria-label={label}
          className={cn(
            "fixed inset-y-0 right-0 z-40 w-full max-w-100 overflow-hidden bg-panel shadow-float outline-none transition-transform duration-125 data-ending-style:translate-x-full data-starting-style:translate-x-full",
            className,
          )}
        >
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
