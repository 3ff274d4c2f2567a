"use client";

import { useState } from "react";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isClosed } from "@/server/domain/trips/vocabulary";
import type { Press } from "./drive-db";
import type { Manifest } from "./kept-manifest";
import { NextButton } from "./next-button";
import { currentTrip, statusOnPhone } from "./next-press";
import { TripCard } from "./trip-card";
import { TripLine } from "./trip-line";

export type NewPress = Pick<Press, "tripId" | "tripNumber" | "status" | "proof">;
type Props = {
  manifest: Manifest;
  presses: readonly Press[];
  onPress: (press: NewPress) => Promise<void>;
  onChanged: () => void;
};

/** The run: the trip in hand with its one button, then what comes next, then what is done. */
export function RunScreen({ manifest, presses, onPress, onChanged }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const byId = new Map(manifest.trips.map((trip) => [trip.id, trip]));
  const own = currentTrip(manifest.trips, presses);
  const picked = chosen === null ? null : (byId.get(chosen) ?? null);
  const isOver = (one: TripView) => isClosed(statusOnPhone(one, presses));
  const trip = picked && !isOver(picked) ? picked : own;
  const next = upcoming(manifest).filter((one) => one.id !== trip?.id && !isOver(one));
  const done = manifest.trips.filter(isOver);
  return (
    <>
      <main className="flex-1 p-4">
        {trip ? (
          <TripCard trip={trip} status={statusOnPhone(trip, presses)} stops={manifest.stops} />
        ) : (
          <p className="py-10 text-center text-ink-2">No trip now. A new one shows here by itself.</p>
        )}
        {next.length > 0 && (
          <section aria-label="Next" className="mt-6">
            <h2 className="mb-1 font-semibold text-ink-2">Next</h2>
            {next.map((one) => (
              <TripLine key={one.id} trip={one} onOpen={() => setChosen(one.id)} />
            ))}
          </section>
        )}
        {done.length > 0 && (
          <details className="mt-6">
            <summary className="min-h-12 content-center font-semibold text-ink-2">Done today: {done.length}</summary>
            {done.map((one) => (
              <TripLine key={one.id} trip={one} />
            ))}
          </details>
        )}
      </main>
      {trip && <NextButton key={trip.id} trip={trip} presses={presses} onPress={onPress} onChanged={onChanged} />}
    </>
  );
}

/** Trips that are not over, in the order of the manifest, then the others. */
function upcoming({ stops, trips }: Manifest): TripView[] {
  const order = new Map<string, number>();
  for (const [index, { tripId }] of stops.entries()) if (tripId && !order.has(tripId)) order.set(tripId, index);
  const place = (trip: TripView) => order.get(trip.id) ?? stops.length;
  return trips.filter((trip) => !isClosed(trip.status)).toSorted((a, b) => place(a) - place(b));
}
