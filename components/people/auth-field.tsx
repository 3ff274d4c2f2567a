"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  label: string;
  name: string;
  type?: "text" | "email" | "password";
  autoComplete: string;
  /** Left out where the form reads its fields itself: what is typed before the page's script is there is kept then. */
  value?: string;
  onValueChange?: (value: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  minLength?: number;
  /** Takes the focus when it appears: it is what the person came to fill in. */
  first?: boolean;
};

/** A line of a form that signs somebody in. */
export function AuthField({ label, hint, error, first, ...input }: Props) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) ref.current?.focus();
  }, [first]);
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <Input {...control} {...input} ref={ref} required />}
    </Field>
  );
}
