"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { useAsking } from "@/components/lib/use-asking";
import { useDraft } from "@/components/lib/use-draft";
import { useRereadBoard } from "@/components/lib/use-reread-board";
import { RefusalNote } from "@/components/trips/refusal-note";
import { inWords } from "@/components/trips/trip-words";
import { Input } from "@/components/ui/input";
import { TimeField } from "@/components/ui/time-field";
import { UNIT_STATES, type UnitState } from "@/server/domain/fleet/vocabulary";
import { DigitChoices, useDigitChoices } from "./digit-choices";
import { PanelFrame } from "./panel-frame";
import type { OnDigits } from "./row-panel";
import type { UnitRow } from "./unit-rows";

type Props = { asOf: UnitRow; onDigits: OnDigits; onClose: () => void };

/** What a unit does besides its trips: free, posted, on a break, delayed, out of service; why, and until when. */
export function UnitStatePanel({ asOf, onDigits, onClose }: Props) {
  const { reason, setReason, until, setUntil, asking, error, states, choose } = useUnitState(asOf, onClose);
  const choices = states.map((state) => ({ id: state, word: inWords(state) }));
  const onDigit = useDigitChoices(onDigits, choices, choose);
  return (
    <PanelFrame
      title={`${asOf.callSign} is now`}
      onDigit={onDigit}
      onClose={onClose}
      tools={
        <>
          <Input
            aria-label="Reason"
            placeholder="Reason (delayed and out of service need one)"
            maxLength={200}
            autoComplete="off"
            value={reason}
            onValueChange={setReason}
            className="h-7 w-72"
          />
          <span>until</span>
          <TimeField
            aria-label="Expected until"
            value={until}
            onValueChange={setUntil}
            nowOnEnter={false}
            className="w-28"
          />
        </>
      }
    >
      <RefusalNote error={error} />
      <DigitChoices choices={choices} asking={asking} onChoose={choose} />
    </PanelFrame>
  );
}

/** What the unit can go into, and going there: nothing is shown as done before the server agrees. */
function useUnitState(asOf: UnitRow, onDone: () => void) {
  const trpc = useTRPC();
  const board = useRereadBoard();
  const [reason, setReason, dropReason] = useDraft(`${asOf.shiftId} state`, "");
  const [until, setUntil] = useState<Date | null>(null);
  const { asking, error, ask } = useAsking<UnitState>();
  const change = useMutation(
    trpc.board.setUnitState.mutationOptions({ onSettled: () => board.row("units", asOf.shiftId) }),
  );
  const states = UNIT_STATES.filter((state) => state !== asOf.state);
  const choose = (state: UnitState) =>
    ask(state, async () => {
      const why = reason.trim();
      await change.mutateAsync({ shiftId: asOf.shiftId, version: asOf.version, state, reason: why || null, until });
      dropReason();
      onDone();
    });
  return { reason, setReason, until, setUntil, asking, error, states, choose };
}
