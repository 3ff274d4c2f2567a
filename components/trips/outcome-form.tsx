"use client";

import { useState } from "react";
import { useAsking } from "@/components/lib/use-asking";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { OUTCOMES_OF } from "@/server/domain/trips/closing";
import type { TripView } from "@/server/domain/trips/trip-view";
import type { TripOutcome } from "@/server/domain/trips/vocabulary";
import { PanelForm } from "./panel-form";
import { inWords } from "./trip-words";
import { useTripChanges } from "./use-trip-changes";
import { factsOfTrip } from "./what-changed";

/** The outcomes that fit a trip that ended so; none while it is open. */
export const outcomesOf = ({ status }: Pick<TripView, "status">): readonly TripOutcome[] =>
  Object.entries(OUTCOMES_OF).find(([name]) => name === status)?.[1] ?? [];

/** How a closed trip ended, where it is not what its statuses say. */
export function OutcomeForm({ trip, onClose }: { trip: TripView; onClose: () => void }) {
  const { setOutcome } = useTripChanges();
  const { asking, error, ask } = useAsking();
  const [outcome, choose] = useState<TripOutcome | null>(trip.outcome);
  const [reason, setReason] = useState("");
  const submit = () =>
    ask("asking", async () => {
      if (!outcome) return;
      const why = reason.trim();
      await setOutcome({ tripId: trip.id, version: trip.version, outcome, ...(why && { reason: why }) });
      onClose();
    });
  return (
    <PanelForm
      title="Outcome"
      action="Set the outcome"
      onSubmit={submit}
      onClose={onClose}
      busy={asking !== null}
      disabled={!outcome}
      error={error}
      before={(show) => factsOfTrip(trip, show)}
    >
      <Field label="How it ended">
        {(control) => (
          <Select
            {...control}
            value={outcome}
            onValueChange={choose}
            placeholder="Choose"
            options={outcomesOf(trip).map((value) => ({ value, label: inWords(value) }))}
          />
        )}
      </Field>
      <Field label="Reason" optional>
        {(control) => (
          <Input {...control} value={reason} onValueChange={setReason} maxLength={500} autoComplete="off" />
        )}
      </Field>
    </PanelForm>
  );
}
