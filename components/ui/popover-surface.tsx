"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { type ReactElement, type ReactNode, useState } from "react";
import { cn } from "@/components/lib/cn";

export type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>;
  title?: ReactNode;
  label?: string;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  /** What is in it; as a function it gets what closes it. */
  children: ReactNode | ((close: () => void) => ReactNode);
  className?: string;
};

/** The button with its surface, which is open when it is first drawn: see `Popover`. */
export function PopoverSurface({
  trigger,
  title,
  label,
  side = "bottom",
  align = "end",
  className,
  children,
}: PopoverProps) {
  const [isOpen, setIsOpen] = useState(true);
  return (
    <Base.Root open={isOpen} onOpenChange={setIsOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup aria-label={label} className={cn("popup w-80 max-w-[calc(100vw-16px)] p-3", className)}>
            {title && <Base.Title className="mb-2 font-semibold">{title}</Base.Title>}
            {typeof children === "function" ? children(() => setIsOpen(false)) : children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
