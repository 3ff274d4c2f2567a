"use client";

import { useState } from "react";
import { useAsking } from "@/components/lib/use-asking";
import { PanelForm } from "@/components/trips/panel-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { TripView } from "@/server/domain/trips/trip-view";
import { useIncidentChanges } from "./use-incident-changes";

/** This trip turns out to be part of something larger. */
export function OpenIncidentForm({ trip, onClose }: { trip: TripView; onClose: () => void }) {
  const { open } = useIncidentChanges();
  const { asking, error, ask } = useAsking();
  const [notes, setNotes] = useState("");
  const submit = () =>
    ask("asking", async () => {
      const text = notes.trim();
      await open({ tripId: trip.id, ...(text && { notes: text }) });
      onClose();
    });
  return (
    <PanelForm
      title="Open an incident"
      action="Open the incident"
      onSubmit={submit}
      onClose={onClose}
      busy={asking !== null}
      error={error}
    >
      <Field label="What happened" optional>
        {(control) => <Input {...control} value={notes} onValueChange={setNotes} maxLength={2000} autoComplete="off" />}
      </Field>
    </PanelForm>
  );
}
