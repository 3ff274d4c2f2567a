"use client";

import { useState } from "react";
import { useAsking } from "@/components/lib/use-asking";
import { Field } from "@/components/ui/field";
import { TimeField } from "@/components/ui/time-field";
import type { TripView } from "@/server/domain/trips/trip-view";
import { PanelForm } from "./panel-form";
import { useTripChanges } from "./use-trip-changes";
import { factsOfTrip } from "./what-changed";

/** A will-call rider is ready, now or since a time: from then on the trip has a promise. */
export function ReadyForm({ trip, onClose }: { trip: TripView; onClose: () => void }) {
  const { markReady } = useTripChanges();
  const { asking, error, ask } = useAsking();
  const [at, setAt] = useState<Date | null>(null);
  const submit = () =>
    ask("asking", async () => {
      await markReady({ tripId: trip.id, version: trip.version, ...(at && { readyAt: at }) });
      onClose();
    });
  return (
    <PanelForm
      title="Rider is ready"
      action="Mark ready"
      onSubmit={submit}
      onClose={onClose}
      busy={asking !== null}
      error={error}
      before={(show) => factsOfTrip(trip, show)}
    >
      <Field label="Ready since" hint="Empty is now">
        {(control) => <TimeField {...control} value={at} onValueChange={setAt} nowOnEnter={false} />}
      </Field>
    </PanelForm>
  );
}
