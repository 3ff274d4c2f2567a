"use client";

import type { LucideIcon } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { Button, type ButtonProps } from "./button";
import { Tooltip } from "./tooltip";

type Props = Omit<ButtonProps, "children"> & {
  icon: LucideIcon;
  /** What it does, as a verb: read aloud and shown as tooltip. */
  label: string;
  shortcut?: string;
  iconSize?: number;
};

/** A button that is a picture; its name shows on hover and focus. */
export function IconButton({ icon: Icon, label, shortcut, iconSize = 16, variant, size, className, ...props }: Props) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <Button
        variant={variant ?? "ghost"}
        size={size}
        aria-label={label}
        className={cn("aspect-square px-0", className)}
        {...props}
      >
        <Icon size={iconSize} aria-hidden="true" />
      </Button>
    </Tooltip>
  );
}
