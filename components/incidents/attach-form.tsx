"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { plural } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAsking } from "@/components/lib/use-asking";
import { PanelForm } from "@/components/trips/panel-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { TripView } from "@/server/domain/trips/trip-view";
import { useIncidentChanges } from "./use-incident-changes";

/** Puts the trip into one of the incidents that are open. */
export function AttachForm({ trip, onClose }: { trip: TripView; onClose: () => void }) {
  const trpc = useTRPC();
  const { data, error: unread } = useQuery(trpc.incidents.list.queryOptions({ status: "open", limit: 100 }));
  const { attach } = useIncidentChanges();
  const { asking, error, ask } = useAsking();
  const [incidentId, setIncidentId] = useState<string | null>(null);
  const others = data?.items.filter(({ id }) => id !== trip.incidentId) ?? [];
  const submit = () =>
    ask("asking", async () => {
      if (incidentId === null) return;
      await attach({ incidentId, tripId: trip.id });
      onClose();
    });
  return (
    <PanelForm
      title="Attach to an incident"
      action="Attach the trip"
      onSubmit={submit}
      onClose={onClose}
      busy={asking !== null}
      disabled={incidentId === null}
      error={error ?? unread}
    >
      <Field label="Incident" hint={data && others.length === 0 ? "None is open" : undefined}>
        {(control) => (
          <Select
            {...control}
            value={incidentId}
            onValueChange={setIncidentId}
            placeholder="Choose"
            options={others.map(({ id, number, trips }) => ({
              value: id,
              label: `${number}: ${trips.map((one) => one.number).join(", ") || plural(0, "trip")}`,
            }))}
          />
        )}
      </Field>
    </PanelForm>
  );
}
