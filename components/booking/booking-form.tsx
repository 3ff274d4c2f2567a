"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { refusalOf } from "@/components/lib/errors";
import { formatTimeS } from "@/components/lib/format";
import { keysForEyes } from "@/components/lib/keys";
import { useTRPC } from "@/components/lib/trpc";
import { useRereadBoard } from "@/components/lib/use-reread-board";
import { useAgency } from "@/components/lib/viewer";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/toast";
import type { TripView } from "@/server/domain/trips/trip-view";
import { type BookingValues, type Draft, dropDraft, keepDraft, type PickedRider } from "./drafts";
import { PlaceField } from "./place-field";
import { RiderFields } from "./rider-fields";
import { fieldOfPath, type Missing, missingIn, type PlaceEnd, toBooking } from "./to-booking";
import { TripFields } from "./trip-fields";
import { useLooseEnds } from "./use-loose-ends";
import { WhenFields } from "./when-fields";
import { WorkInQuote } from "./work-in-quote";

type Props = { draft: Draft; onBooked: (trip: TripView) => void };

/** Takes a call. Ctrl-Enter books; the first field has the focus, so that typing can begin at once. */
export function BookingForm({ draft, onBooked }: Props) {
  const { book, isBooking, errors, refusal, setLoose } = useBooking(draft, onBooked);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl-Enter from any field
    <form
      ref={form}
      noValidate
      aria-label="New trip"
      className="flex flex-col gap-3 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        book();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        book();
      }}
    >
      <BookingFields draft={draft} errors={errors} onLoose={setLoose} />
      <WorkInQuote values={draft.values} />
      {refusal && (
        <Banner tone="danger" className="rounded-md">
          {refusal}
        </Banner>
      )}
      <div className="flex items-center justify-between gap-2">
        <Button variant="ghost" onClick={() => dropDraft(draft.id)}>
          Throw away
        </Button>
        <Button variant="primary" type="submit" busy={isBooking}>
          Book trip <Kbd keys={keysForEyes("mod+enter")} />
        </Button>
      </div>
    </form>
  );
}

type FieldsProps = { draft: Draft; errors: Missing; onLoose: (end: PlaceEnd, text: string) => void };

/** From where to what it needs, in the order a caller tells it. */
function BookingFields({ draft: { id, values }, errors, onLoose }: FieldsProps) {
  const set = (change: Partial<BookingValues>) => keepDraft(id, { ...values, ...change });
  const setKnown = (rider: PickedRider) =>
    set({
      rider,
      unknownRider: false,
      riderPhone: rider.phone ?? "",
      needs: rider.needs,
      ...(rider.level && { level: rider.level }),
    });
  return (
    <>
      <PlaceField
        label="Pickup"
        value={values.pickup}
        onChange={(pickup) => set({ pickup })}
        onLoose={(text) => onLoose("pickup", text)}
        error={errors.pickup}
      />
      <PlaceField
        label="Drop-off"
        optional
        value={values.dropoff}
        onChange={(dropoff) => set({ dropoff })}
        onLoose={(text) => onLoose("dropoff", text)}
        error={errors.dropoff}
      />
      <RiderFields value={values} onChange={set} errors={errors} onKnown={setKnown} />
      <WhenFields values={values} onChange={set} errors={errors} />
      <TripFields values={values} onChange={set} errors={errors} />
    </>
  );
}

function useBooking(draft: Draft, onBooked: (trip: TripView) => void) {
  const trpc = useTRPC();
  const board = useRereadBoard();
  const { timeZone } = useAgency();
  const [tried, setTried] = useState(false);
  const { loose, setLoose } = useLooseEnds();
  const mutation = useMutation(
    trpc.trips.book.mutationOptions({
      onSuccess: (trip) => {
        void board.row("trips", trip.id);
        toast(`Booked ${trip.number}, ${formatTimeS(trip.times.bookedAt, timeZone)}`);
        dropDraft(draft.id);
        onBooked(trip);
      },
    }),
  );
  const missing = missingIn(draft.values, loose);
  const book = () => {
    setTried(true);
    if (Object.keys(missing).length === 0 && !mutation.isPending) mutation.mutate(toBooking(draft.values));
  };
  const { fields, general } = refusalsOf(mutation.error);
  const errors: Missing = { ...fields, ...(tried ? missing : {}) };
  return { book, isBooking: mutation.isPending, errors, refusal: general, setLoose };
}

/** A refusal split into what belongs to a field and what does not. */
function refusalsOf(error: unknown): { fields: Missing; general: string | null } {
  if (!error) return { fields: {}, general: null };
  const { message, reasons } = refusalOf(error);
  const fields: Missing = {};
  const rest: string[] = [];
  for (const reason of reasons) {
    const field = reason.path ? fieldOfPath(reason.path) : null;
    if (field) fields[field] = reason.message;
    else rest.push(reason.message);
  }
  return { fields, general: rest.length > 0 || reasons.length === 0 ? [message, ...rest].join(": ") : null };
}
