"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { Button } from "./button";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, in the words of the trade. */
  children?: ReactNode;
  /** A verb with its object: "Cancel the trip". */
  action: string;
  onConfirm: () => void;
  danger?: boolean;
  busy?: boolean;
  /** Why it was refused, beside where it was asked. */
  error?: ReactNode;
};

/** For what cannot be undone; everything else gets an undo instead. */
export function ConfirmDialog({ open, onOpenChange, title, children, action, onConfirm, danger, busy, error }: Props) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Viewport className="fixed inset-0 z-40 grid place-items-center p-4">
          <AlertDialog.Popup className="popup w-full max-w-100 p-4">
            <AlertDialog.Title className="text-title font-semibold">{title}</AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="mt-1 text-ink-2">
              {children}
            </AlertDialog.Description>
            {error && (
              <p role="alert" className="mt-2 text-danger">
                {error}
              </p>
            )}
            <div className="mt-4 flex justify-end gap-2">
              <AlertDialog.Close render={<Button>Keep as it is</Button>} />
              <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
                {action}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
