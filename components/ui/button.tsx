"use client";

import { Button as BaseButton } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

export const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors data-disabled:pointer-events-none data-disabled:opacity-50",
  {
    variants: {
      variant: {
        primary: "bg-primary text-on-primary hover:bg-primary-hover",
        secondary: "border border-line-strong bg-panel text-ink hover:bg-hover data-popup-open:bg-hover",
        ghost: "text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink",
        danger: "border border-danger text-danger hover:bg-danger-soft",
      },
      size: {
        sm: "h-6 px-2 text-table",
        md: "h-control px-3 text-base",
        lg: "h-10 px-4 text-base",
        touch: "h-12 px-4 text-touch",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonProps = ComponentProps<typeof BaseButton> &
  VariantProps<typeof buttonStyle> & {
    className?: string;
    /** Work is under way: stays focusable, cannot be pressed again, keeps its width. */
    busy?: boolean;
  };

/** A verb. One primary per surface; danger is for what cannot be taken back. */
export function Button({ variant, size, className, busy = false, disabled, children, ...props }: ButtonProps) {
  return (
    <BaseButton
      className={cn(buttonStyle({ variant, size }), busy && "relative", className)}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      {...props}
    >
      {children}
      {busy && (
        <span className="absolute inset-x-1 bottom-0 h-0.5 animate-[breathe_1s_infinite] rounded-full bg-current" />
      )}
    </BaseButton>
  );
}
