"use client";

import { X } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { Button, type ButtonProps } from "./button";

/** Closes what it stands on, as Esc does; without a tooltip, which would take the first Esc for itself. */
export function CloseButton({ className, ...props }: Omit<ButtonProps, "children">) {
  return (
    <Button variant="ghost" aria-label="Close" className={cn("aspect-square px-0", className)} {...props}>
      <X size={16} aria-hidden="true" />
    </Button>
  );
}
