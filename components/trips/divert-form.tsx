"use client";

import type { PickedPlace } from "@/components/booking/drafts";
import { PlaceField } from "@/components/booking/place-field";
import { useLooseEnds } from "@/components/booking/use-loose-ends";
import { useAsking } from "@/components/lib/use-asking";
import { useDraft } from "@/components/lib/use-draft";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { TripView } from "@/server/domain/trips/trip-view";
import { endInput, placeOf } from "./edit-values";
import { PanelForm } from "./panel-form";
import { useTripChanges } from "./use-trip-changes";
import { factsOfTrip } from "./what-changed";

const EMPTY: { place: PickedPlace | null; reason: string } = { place: null, reason: "" };

/** Another destination under way: a hospital on divert, or back to where the rider came from. */
export function DivertForm({ trip, onClose }: { trip: TripView; onClose: () => void }) {
  const { divert } = useTripChanges();
  const { asking, error, ask } = useAsking();
  const { setLoose, holds, errors } = useLooseEnds();
  const [{ place, reason }, set, drop] = useDraft(`${trip.id} divert`, EMPTY);
  const submit = () => {
    if (!place || holds()) return;
    ask("asking", async () => {
      await divert({ tripId: trip.id, version: trip.version, dropoff: endInput(place, ""), reason: reason.trim() });
      drop();
      onClose();
    });
  };
  const origin = placeOf(trip.pickup);
  const backToOrigin = () => {
    set({ place: origin, reason });
    setLoose("dropoff", "");
  };
  return (
    <PanelForm
      title="Divert"
      action="Divert the unit"
      onSubmit={submit}
      onClose={onClose}
      busy={asking !== null}
      disabled={!place || reason.trim() === ""}
      error={error}
      before={(show) => factsOfTrip(trip, show)}
    >
      <PlaceField
        label="New destination"
        value={place}
        onChange={(next) => set({ place: next, reason })}
        onLoose={(text) => setLoose("dropoff", text)}
        error={errors.dropoff}
      />
      {origin && (
        <Button size="sm" variant="ghost" className="self-start" onClick={backToOrigin}>
          Back to where the rider came from
        </Button>
      )}
      <Field label="Reason">
        {(control) => (
          <Input
            {...control}
            value={reason}
            onValueChange={(text) => set({ place, reason: text })}
            maxLength={500}
            autoComplete="off"
          />
        )}
      </Field>
    </PanelForm>
  );
}
