import { useState } from "react";
import { useAsking } from "@/components/lib/use-asking";
import { dropDraft } from "@/components/lib/use-draft";
import type { SeenTrip } from "@/components/trips/seen-trip";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";
import { type TripActions, type UnitToSend, useTripActions } from "./use-trip-actions";

export type Sending = {
  send: (unit: UnitToSend, mode: AssignmentMode, overrideReason?: string) => void;
  /** The shift that is being sent. */
  sending: string | null;
  error: unknown;
  /** A unit that takes over needs a reason, and none was given. */
  reasonMissing: boolean;
};

/** Does this unit take the trip over from another one? */
const takesOver = ({ unit: holder }: SeenTrip, unit: UnitToSend): boolean =>
  holder !== null && holder.shiftId !== unit.shiftId;

/** A trip that was only held for the other unit is held for the new one: a dispatch then tells it as well. */
async function takeOver(
  actions: TripActions,
  asOf: SeenTrip,
  unit: UnitToSend,
  how: { mode: AssignmentMode; reason: string; overrideReason?: string },
) {
  const after = await actions.swap(asOf, unit, how.reason, how.overrideReason);
  if (how.mode === "dispatch" && after.status === "reserved") {
    await actions.send(after, unit, { mode: "dispatch", overrideReason: how.overrideReason });
  }
}

/** Sends a unit to the trip as it was seen, one at a time. */
export function useSend(asOf: SeenTrip, swapReason: string, onDone: () => void): Sending {
  const actions = useTripActions();
  const { asking: sending, error, ask } = useAsking<string>();
  const [reasonMissing, setReasonMissing] = useState(false);
  const reason = swapReason.trim();
  const send: Sending["send"] = (unit, mode, overrideReason) => {
    const isMissing = takesOver(asOf, unit) && reason === "";
    setReasonMissing(isMissing);
    if (isMissing) return;
    ask(unit.shiftId, async () => {
      if (takesOver(asOf, unit)) await takeOver(actions, asOf, unit, { mode, reason, overrideReason });
      else await actions.send(asOf, unit, { mode, overrideReason });
      dropDraft(`${asOf.id} swap`);
      onDone();
    });
  };
  return { send, sending, error, reasonMissing };
}
