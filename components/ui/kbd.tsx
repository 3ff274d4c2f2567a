import { cn } from "@/components/lib/cn";

/** Keys as they stand on the keyboard: `keys="Ctrl K"` shows two caps. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cn("inline-flex gap-0.5", className)}>
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4 min-w-4 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 font-sans text-label text-ink-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
