"use client";

import { useState } from "react";
import { useAsking } from "@/components/lib/use-asking";
import { dropDraft } from "@/components/lib/use-draft";
import { tripMark } from "@/components/status/status-marks";
import type { SeenTrip } from "@/components/trips/seen-trip";
import { TimeField } from "@/components/ui/time-field";
import { allowedNext, type Reportable } from "@/server/domain/trips/status-report";
import { type Choice, DigitChoices, useDigitChoices } from "./digit-choices";
import { NoShowForm } from "./no-show-form";
import { PanelFrame } from "./panel-frame";
import type { OnDigits } from "./row-panel";
import { SeenRefusal } from "./seen-refusal";
import { useTripActions } from "./use-trip-actions";

type Props = {
  asOf: SeenTrip;
  onDigits: OnDigits;
  onClose: () => void;
  onDone: () => void;
  onRenew: () => void;
};

/** What may be reported next; a number or a press reports it, now or at the time given. */
export function StatusPanel({ asOf, onDigits, onClose, onDone, onRenew }: Props) {
  const [at, setAt] = useState<Date | null>(null);
  const [isNoShow, setNoShow] = useState(false);
  const { report, recordNoShow, asking, error } = useReport(asOf, onDone);
  const next = allowedNext(asOf);
  const choose = (status: Reportable) => (status === "no_show" ? setNoShow(true) : report(status, at));
  const choices = next.map((status, index) => choiceOf(status, index === 0));
  // While the evidence is filled in, a digit is a number of calls and nothing else.
  const onDigit = useDigitChoices(onDigits, isNoShow ? NONE : choices, choose);
  return (
    <PanelFrame
      title={`Status of ${asOf.number}`}
      onDigit={onDigit}
      onClose={onClose}
      tools={
        <>
          <span>at</span>
          <TimeField
            aria-label="When it happened"
            value={at}
            onValueChange={setAt}
            nowOnEnter={false}
            className="w-28"
          />
          <span>{at ? "" : "empty is now"}</span>
        </>
      }
    >
      <SeenRefusal error={error} asOf={asOf} onRenew={onRenew} />
      {next.length === 0 && (
        <p className="text-ink-2 text-table">
          {asOf.unit ? "Nothing follows this status." : "A status is reported for a unit: send one first (D)."}
        </p>
      )}
      {isNoShow ? (
        <NoShowForm
          asOf={asOf}
          at={at}
          busy={asking === "no_show"}
          onRecord={(callAttempts) => recordNoShow(callAttempts, at)}
          onBack={() => setNoShow(false)}
        />
      ) : (
        <DigitChoices choices={choices} asking={asking} onChoose={choose} />
      )}
    </PanelFrame>
  );
}

const NONE: readonly Choice<Reportable>[] = [];

const choiceOf = (status: Reportable, usual: boolean): Choice<Reportable> => {
  const { mark, word } = tripMark(status);
  return { id: status, word, usual, ...(!usual && { mark }) };
};

function useReport(asOf: SeenTrip, onDone: () => void) {
  const actions = useTripActions();
  const { asking, error, ask } = useAsking<Reportable>();
  const asked = (status: Reportable, work: () => Promise<unknown>) =>
    ask(status, async () => {
      await work();
      onDone();
    });
  return {
    asking,
    error,
    report: (status: Exclude<Reportable, "no_show">, at: Date | null) =>
      asked(status, () => actions.report(asOf, status, at)),
    recordNoShow: (callAttempts: number, at: Date | null) =>
      asked("no_show", async () => {
        await actions.noShow(asOf, { callAttempts, at });
        dropDraft(`${asOf.id} calls`);
      }),
  };
}
