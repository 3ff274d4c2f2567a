"use client";

import { Input as Base } from "@base-ui/react/input";
import { Search, X } from "lucide-react";
import { type ComponentProps, useRef } from "react";
import { cn } from "@/components/lib/cn";

export const controlStyle =
  "h-control w-full min-w-0 rounded-md border border-control bg-panel px-2 text-base text-ink transition-colors focus-visible:outline-offset-0 data-invalid:border-danger aria-invalid:border-danger disabled:bg-sunken disabled:text-ink-3 data-disabled:bg-sunken data-disabled:text-ink-3";

/** A line of text. Patient data never goes into browser history or autofill: pages say so with `autoComplete="off"`. */
export function Input({ className, ...props }: ComponentProps<typeof Base> & { className?: string }) {
  return <Base className={cn(controlStyle, className)} {...props} />;
}

export function Textarea({ className, rows = 3, ...props }: ComponentProps<"textarea">) {
  return <textarea rows={rows} className={cn(controlStyle, "h-auto resize-y py-1.5", className)} {...props} />;
}

type SearchProps = {
  value: string;
  onValueChange: (value: string) => void;
  /** Read aloud; also the placeholder. */
  label: string;
  className?: string;
};

/** A filter over what is on the screen. Esc empties it. */
export function SearchInput({ value, onValueChange, label, className }: SearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    onValueChange("");
    input.current?.focus();
  };
  return (
    <div className={cn("relative", className)}>
      <Search
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-3"
      />
      <Base
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onValueChange={onValueChange}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          event.stopPropagation();
          clear();
        }}
        className={cn(controlStyle, "px-7 [&::-webkit-search-cancel-button]:hidden")}
      />
      {value !== "" && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={clear}
          className="absolute top-1/2 right-1 flex size-6 -translate-y-1/2 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
