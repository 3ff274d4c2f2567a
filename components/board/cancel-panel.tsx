"use client";

import { useAsking } from "@/components/lib/use-asking";
import { dropDraft, useDraft } from "@/components/lib/use-draft";
import type { SeenTrip } from "@/components/trips/seen-trip";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { CallsInput } from "./calls-input";
import { PanelFrame } from "./panel-frame";
import { SeenRefusal } from "./seen-refusal";
import { useTripActions } from "./use-trip-actions";
import { Waited } from "./waited";

type Props = { asOf: SeenTrip; onClose: () => void; onDone: () => void; onRenew: () => void };

const USUAL = ["Rider is ill", "Rider found another way", "Facility cancelled", "Booked twice"] as const;

/** Cancels with a reason. At the door the minutes waited count, and the calls made. Nothing happens before the server agrees. */
export function CancelPanel({ asOf, onClose, onDone, onRenew }: Props) {
  const [reason, setReason] = useDraft(`${asOf.id} cancel`, "");
  const [calls, setCalls] = useDraft(`${asOf.id} calls`, "");
  const { cancel, isAsking, error } = useCancel(asOf, onDone);
  const atDoor = asOf.status === "at_pickup";
  const submit = () => cancel(reason.trim(), atDoor && calls !== "" ? Number(calls) : undefined);
  return (
    <PanelFrame
      title={`Cancel ${asOf.number}`}
      onClose={onClose}
      tools={asOf.unit && `${asOf.unit.callSign} is told to stand down`}
    >
      <SeenRefusal error={error} asOf={asOf} onRenew={onRenew} />
      <form
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ReasonInput value={reason} onValueChange={setReason} />
        {atDoor && (
          <>
            <CallsInput value={calls} onValueChange={setCalls} />
            <Waited since={asOf.statusSince} />
          </>
        )}
        <Button
          type="submit"
          size="sm"
          variant="danger"
          busy={isAsking}
          disabled={reason.trim() === ""}
          className="h-7"
        >
          Cancel the trip <Kbd keys="Enter" />
        </Button>
      </form>
    </PanelFrame>
  );
}

function ReasonInput({ value, onValueChange }: { value: string; onValueChange: (text: string) => void }) {
  return (
    <>
      <Input
        aria-label="Reason"
        placeholder="Reason"
        list="cancel-reasons"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dispatcher just asked for this very form
        autoFocus
        maxLength={500}
        autoComplete="off"
        value={value}
        onValueChange={onValueChange}
        className="h-7 w-72"
      />
      <datalist id="cancel-reasons">
        {USUAL.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </datalist>
    </>
  );
}

function useCancel(asOf: SeenTrip, onDone: () => void) {
  const actions = useTripActions();
  const { asking, error, ask } = useAsking();
  const cancel = (reason: string, calls: number | undefined) => {
    if (reason === "") return;
    ask("asking", async () => {
      await actions.cancel(asOf, reason, calls);
      dropDraft(`${asOf.id} cancel`);
      onDone();
    });
  };
  return { cancel, isAsking: asking !== null, error };
}
