"use client";

import { type ReactNode, useId } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Saving } from "./use-save";

type Props<Values extends FieldValues, Output> = {
  title: string;
  description?: ReactNode;
  form: UseFormReturn<Values, unknown, Output>;
  saving: Saving;
  /** Takes over the row as somebody else left it. */
  onTakeOver?: (current: unknown) => void;
  onClose: () => void;
  /** The verb on the button. */
  action: string;
  children: ReactNode;
  /** Quieter buttons at the start of the footer. */
  extra?: ReactNode;
};

/** A form in a dialog. Ctrl-Enter saves from anywhere in it; Esc closes it. */
export function FormDialog<Values extends FieldValues, Output>(props: Props<Values, Output>) {
  const { title, description, form, saving, onTakeOver, onClose, action, children, extra } = props;
  const id = useId();
  const { isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          {extra && <div className="mr-auto flex gap-2">{extra}</div>}
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" type="submit" form={id} busy={isSubmitting}>
            {action}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl-Enter from any field */}
      <form
        id={id}
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          // A dialog that a form opened is a part of that form to React: it is not sent along.
          event.stopPropagation();
          saving.onSubmit();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.stopPropagation();
          saving.onSubmit();
        }}
      >
        {saving.refusal && (
          <Banner
            tone="danger"
            className="rounded-md"
            action={
              saving.current !== null &&
              onTakeOver && (
                <Button size="sm" onClick={() => onTakeOver(saving.current)}>
                  Load their version
                </Button>
              )
            }
          >
            {saving.refusal}
          </Banner>
        )}
        {children}
      </form>
    </Dialog>
  );
}
