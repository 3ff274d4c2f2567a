"use client";

import { useMutation } from "@tanstack/react-query";
import { Coffee, LogOut, Menu as MenuIcon, Moon, Siren, Sun, Wrench } from "lucide-react";
import { useState } from "react";
import { refusalText } from "@/components/lib/errors";
import { applyTheme } from "@/components/lib/preferences";
import { useTRPC } from "@/components/lib/trpc";
import { useResolvedTheme } from "@/components/lib/use-theme";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu } from "@/components/ui/menu";
import type { MenuAction } from "@/components/ui/menu-actions";
import { toastError } from "@/components/ui/toast";
import type { UnitState } from "@/server/domain/fleet/vocabulary";
import type { Manifest } from "./kept-manifest";
import { signOutOfPhone } from "./sign-out-of-phone";

type Asked = "sign-off" | "emergency" | null;

/** What a unit does beside its trips, signing off, and the call for help. */
export function UnitMenu({ manifest, onChanged }: { manifest: Manifest; onChanged: () => void }) {
  const { shift } = manifest;
  const [asked, setAsked] = useState<Asked>(null);
  const unit = useUnitActions(shift, onChanged);
  const page = usePageActions();
  const isOn = Boolean(shift?.signedOnAt);
  const off: MenuAction[] = isOn
    ? [{ id: "off", label: "Sign off the shift", icon: LogOut, run: () => setAsked("sign-off") }]
    : [];
  const close = () => setAsked(null);
  return (
    <>
      {isOn && (
        <Button variant="danger" size="touch" aria-label="Call for help" onClick={() => setAsked("emergency")}>
          <Siren size={20} aria-hidden="true" /> Help
        </Button>
      )}
      <Menu
        trigger={
          <Button size="touch" aria-label="More">
            <MenuIcon size={20} aria-hidden="true" />
          </Button>
        }
        groups={[unit, off, page]}
      />
      {shift && <SignOffDialog shiftId={shift.id} open={asked === "sign-off"} onClose={close} onChanged={onChanged} />}
      <EmergencyDialog open={asked === "emergency"} onClose={close} />
    </>
  );
}

function useUnitActions(shift: Manifest["shift"], onChanged: () => void): MenuAction[] {
  const trpc = useTRPC();
  const onError = (error: unknown) => toastError("This was refused", refusalText(error));
  const setState = useMutation(trpc.board.setUnitState.mutationOptions({ onSuccess: onChanged, onError }));
  if (!shift?.signedOnAt) return [];
  const change = (state: UnitState, reason: string) => () => setState.mutate({ shiftId: shift.id, state, reason });
  if (shift.state !== "available") {
    return [{ id: "available", label: "Available again", icon: Coffee, run: change("available", "back") }];
  }
  return [
    { id: "break", label: "Take a break", icon: Coffee, run: change("break", "break") },
    { id: "delayed", label: "Delayed: restock, clean, report", icon: Wrench, run: change("delayed", "restock") },
  ];
}

function usePageActions(): MenuAction[] {
  const isDark = useResolvedTheme() === "dark";
  const theme = { label: isDark ? "Day colours" : "Night colours", icon: isDark ? Sun : Moon };
  return [
    { id: "theme", ...theme, run: () => applyTheme(isDark ? "light" : "dark") },
    {
      id: "sign-out",
      label: "Sign out of this phone",
      icon: LogOut,
      run: () => {
        signOutOfPhone().catch((error: unknown) => toastError("Signing out failed", refusalText(error)));
      },
    },
  ];
}

function SignOffDialog({
  shiftId,
  open,
  onClose,
  onChanged,
}: {
  shiftId: string;
  open: boolean;
  onClose: () => void;
  onChanged: () => void;
}) {
  const trpc = useTRPC();
  const signOff = useMutation(
    trpc.shifts.signOff.mutationOptions({
      onSuccess: () => {
        onClose();
        onChanged();
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Sign off the shift?"
      action="Sign off"
      busy={signOff.isPending}
      error={signOff.isError ? refusalText(signOff.error) : undefined}
      onConfirm={() => signOff.mutate({ id: shiftId })}
    >
      Dispatch sends you nothing more, and this page stops sending where you are.
    </ConfirmDialog>
  );
}

function EmergencyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const call = useMutation(trpc.drive.emergency.mutationOptions());
  const close = () => {
    onClose();
    call.reset();
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={call.isSuccess ? "Dispatch has been called" : "Call dispatch for help?"}
      action={call.isSuccess ? "Close" : "Call for help"}
      danger={!call.isSuccess}
      busy={call.isPending}
      error={call.isError ? `${refusalText(call.error)} Use the radio or the phone.` : undefined}
      onConfirm={() => (call.isSuccess ? close() : call.mutate({}))}
    >
      {call.isSuccess ? "It sounds on every console until somebody answers." : "It sounds on every console at once."}
    </ConfirmDialog>
  );
}
