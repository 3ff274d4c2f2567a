"use client";

import type { BookingValues } from "@/components/booking/drafts";
import { PlaceField } from "@/components/booking/place-field";
import { RiderFields } from "@/components/booking/rider-fields";
import { fieldOfPath, type Missing } from "@/components/booking/to-booking";
import { TripFields } from "@/components/booking/trip-fields";
import { useLooseEnds } from "@/components/booking/use-loose-ends";
import { WhenFields } from "@/components/booking/when-fields";
import { refusalOf } from "@/components/lib/errors";
import { useLocked } from "@/components/lib/privacy";
import { useAsking } from "@/components/lib/use-asking";
import { useDraft } from "@/components/lib/use-draft";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { TripView } from "@/server/domain/trips/trip-view";
import { changedFields, patchOf, rebase, valuesOfTrip } from "./edit-values";
import { PanelForm } from "./panel-form";
import { useTripChanges } from "./use-trip-changes";
import { currentTrip, factsOfTrip } from "./what-changed";

/** What is being changed: the trip it started from, and how it should be. */
type Editing = { base: TripView; values: BookingValues; reason: string };

const errorsOf = (error: unknown): Missing => {
  const errors: Missing = {};
  for (const { path, message } of error ? refusalOf(error).reasons : []) {
    const field = path ? fieldOfPath(path) : null;
    if (field) errors[field] = message;
  }
  return errors;
};

/** The editing of a trip, kept while its form is closed, and what the server says to it. */
function useEditing(trip: TripView, onDone: () => void) {
  const { edit } = useTripChanges();
  const { asking, error, ask, clearError } = useAsking();
  const fresh = { base: trip, values: valuesOfTrip(trip), reason: "" };
  const [editing, set, drop] = useDraft<Editing>(`${trip.id} edit`, fresh);
  const before = valuesOfTrip(editing.base);
  const theirs = error ? currentTrip(refusalOf(error).reasons) : null;
  return {
    ...editing,
    before,
    error,
    isAsking: asking !== null,
    change: (part: Partial<BookingValues>) => set({ ...editing, values: { ...editing.values, ...part } }),
    setReason: (reason: string) => set({ ...editing, reason }),
    submit: () =>
      ask("asking", async () => {
        const patch = patchOf(before, editing.values, editing.reason);
        await edit({ tripId: trip.id, version: editing.base.version, ...patch });
        drop();
        onDone();
      }),
    /** Starts from the trip as it is now, with one's own changes on top. */
    takeTheirs:
      theirs &&
      (() => {
        clearError();
        set({ ...editing, base: theirs, values: rebase(before, editing.values, valuesOfTrip(theirs)) });
      }),
  };
}

/** Changes an open trip. What somebody else changed meanwhile is shown, kept, and one's own put on top of it. */
export function EditForm({ trip, onClose }: { trip: TripView; onClose: () => void }) {
  const locked = useLocked();
  const { base, values, reason, before, error, isAsking, change, setReason, submit, takeTheirs } = useEditing(
    trip,
    onClose,
  );
  const { setLoose, holds, errors: looseErrors } = useLooseEnds();
  const errors = { ...errorsOf(error), ...looseErrors };
  const movesTime = before.pickupAt?.getTime() !== values.pickupAt?.getTime();
  if (locked) return null;
  return (
    <PanelForm
      title={`Edit ${trip.number}`}
      action="Save"
      onSubmit={() => !holds() && submit()}
      onClose={onClose}
      busy={isAsking}
      disabled={changedFields(before, values).length === 0}
      error={error}
      before={(show) => factsOfTrip(base, show)}
      onRefused={takeTheirs ? { label: "Keep theirs, put mine on top", run: takeTheirs } : undefined}
    >
      <PlaceField
        label="Pickup"
        value={values.pickup}
        onChange={(pickup) => change({ pickup })}
        onLoose={(text) => setLoose("pickup", text)}
        error={errors.pickup}
      />
      <PlaceField
        label="Drop-off"
        optional
        value={values.dropoff}
        onChange={(dropoff) => change({ dropoff })}
        onLoose={(text) => setLoose("dropoff", text)}
        error={errors.dropoff}
      />
      <RiderFields
        value={values}
        onChange={change}
        errors={errors}
        onKnown={(rider) =>
          change({ rider, unknownRider: false, riderName: rider.name, riderPhone: rider.phone ?? "" })
        }
      />
      <WhenFields values={values} onChange={change} errors={errors} />
      <TripFields values={values} onChange={change} errors={errors} />
      {movesTime && (
        <Field
          label="Reason"
          hint="With a reason the promised time moves along; without, on-time counts against the old one"
        >
          {(control) => (
            <Input {...control} value={reason} onValueChange={setReason} maxLength={500} autoComplete="off" />
          )}
        </Field>
      )}
    </PanelForm>
  );
}
