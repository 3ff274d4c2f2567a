"use client";

import { type ReactNode, useId } from "react";
import { cn } from "@/components/lib/cn";

/** What a control takes so that its label, hint and error belong to it. */
export type FieldControl = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  /** Why it was refused; from react-hook-form: `fieldState.error?.message`. */
  error?: ReactNode;
  optional?: boolean;
  /** Gets the wiring: `{(control) => <Input {...control} {...register("name")} />}`. */
  children: (control: FieldControl) => ReactNode;
  className?: string;
};

/** A labelled control. The error replaces the hint in place, so nothing moves when it comes. */
export function Field({ label, hint, error, optional, children, className }: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-ink-2 text-label">
        {label}
        {optional && <span className="text-ink-3"> (optional)</span>}
      </label>
      {children({ id, "aria-describedby": note ? noteId : undefined, "aria-invalid": error ? true : undefined })}
      {note && (
        <p
          id={noteId}
          role={error ? "alert" : undefined}
          className={cn("text-label", error ? "text-danger" : "text-ink-3")}
        >
          {note}
        </p>
      )}
    </div>
  );
}
