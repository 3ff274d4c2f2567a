import { cn } from "@/components/lib/cn";

/** Stands where something will be, in its size, so that nothing moves when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("block h-3 animate-[breathe_1.6s_ease-in-out_infinite] rounded-sm bg-line", className)}
    />
  );
}
