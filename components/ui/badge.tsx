import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

const style = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 text-label font-medium",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-2",
        accent: "bg-selected text-accent",
        caution: "bg-caution-soft text-caution",
        danger: "bg-danger-soft text-danger",
        outline: "border border-line-strong text-ink-2",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

/** A short fact: level, needs, a count. Danger is for trouble only. */
export function Badge({ tone, className, ...props }: ComponentProps<"span"> & VariantProps<typeof style>) {
  return <span className={cn(style({ tone }), className)} {...props} />;
}

type ChipProps = ComponentProps<"button"> & { pressed?: boolean };

/** A badge that filters when pressed. */
export function Chip({ pressed, className, ...props }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      className={cn(
        "inline-flex h-6 shrink-0 items-center gap-1 whitespace-nowrap rounded-full border border-line-strong px-2 text-ink-2 text-table hover:bg-hover hover:text-ink aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-ink",
        className,
      )}
      {...props}
    />
  );
}
