"use client";

import { useState } from "react";
import { useAsking } from "@/components/lib/use-asking";
import { dropDraft } from "@/components/lib/use-draft";
import { StatusMark } from "@/components/status/status-mark";
import { tripMark } from "@/components/status/status-marks";
import type { SeenTrip } from "@/components/trips/seen-trip";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { TimeField } from "@/components/ui/time-field";
import { allowedNext, type Reportable } from "@/server/domain/trips/status-report";
import { NoShowForm } from "./no-show-form";
import { PanelFrame } from "./panel-frame";
import type { OnDigits } from "./row-panel";
import { SeenRefusal } from "./seen-refusal";
import { useTakesDigits } from "./use-digits";
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
  const onDigit = (digit: number) => {
    const status = next[digit - 1];
    if (status && !isNoShow) choose(status);
  };
  useTakesDigits(onDigits, onDigit);
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
      {isNoShow ? (
        <NoShowForm
          asOf={asOf}
          at={at}
          busy={asking === "no_show"}
          onRecord={(callAttempts) => recordNoShow(callAttempts, at)}
          onBack={() => setNoShow(false)}
        />
      ) : (
        <Choices asOf={asOf} next={next} asking={asking} onChoose={choose} />
      )}
    </PanelFrame>
  );
}

type ChoicesProps = {
  asOf: SeenTrip;
  next: readonly Reportable[];
  asking: Reportable | null;
  onChoose: (status: Reportable) => void;
};

function Choices({ asOf, next, asking, onChoose }: ChoicesProps) {
  if (next.length === 0)
    return (
      <p className="text-ink-2 text-table">
        {asOf.unit ? "Nothing follows this status." : "A status is reported for a unit: send one first (D)."}
      </p>
    );
  return (
    <div className="flex flex-wrap gap-1.5">
      {next.map((status, index) => (
        <Button
          key={status}
          size="sm"
          variant={index === 0 ? "primary" : "secondary"}
          busy={asking === status}
          disabled={asking !== null}
          onClick={() => onChoose(status)}
        >
          {index > 0 && <StatusMark mark={tripMark(status).mark} size={12} />}
          {tripMark(status).word} <Kbd keys={String(index + 1)} />
        </Button>
      ))}
    </div>
  );
}

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
