"use client";

import { Button } from "@/components/ui/button";
import type { Shift } from "@/server/domain/shifts/shift";
import { EARLY_SIGN_ON_MS } from "@/server/domain/shifts/sign-on";
import { phaseOf } from "./shift-state";
import { useSign } from "./use-sign";

/** Sign on or off in the row, where the clock allows it. */
export function SignButton({ shift, nowMs }: { shift: Shift; nowMs: number }) {
  const { signOn, signOff, busy } = useSign();
  const phase = phaseOf(shift, nowMs);
  if (phase === "on" || phase === "over") {
    return (
      <Button size="sm" busy={busy} aria-label={`Sign ${shift.callSign} off`} onClick={() => signOff(shift)}>
        Sign off
      </Button>
    );
  }
  const opens = Date.parse(shift.startsAt) - EARLY_SIGN_ON_MS;
  if (phase !== "late" && !(phase === "planned" && nowMs >= opens)) return null;
  return (
    <Button size="sm" busy={busy} aria-label={`Sign ${shift.callSign} on`} onClick={() => signOn(shift)}>
      Sign on
    </Button>
  );
}
