"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { OfferLine } from "@/components/board/offer-line";
import { KEYED_OFFERS, offersOf } from "@/components/board/offers";
import { RefusedLine } from "@/components/board/refused-line";
import { useTRPC } from "@/components/lib/trpc";
import { useAsking } from "@/components/lib/use-asking";
import { CloseButton } from "@/components/ui/close-button";
import { Segmented } from "@/components/ui/segmented";
import type { TripView } from "@/server/domain/trips/trip-view";
import { SUPPORT_ROLES, type SupportRole } from "@/server/domain/trips/vocabulary";
import { RefusalNote } from "./refusal-note";
import { inWords } from "./trip-words";
import { useTripChanges } from "./use-trip-changes";
import { factsOfTrip } from "./what-changed";

const ROLES = SUPPORT_ROLES.map((value) => ({ value, label: inWords(value) }));
const REFUSED_SHOWN = 3;

/** Ranked units for helping at a trip, taken once: none moves while it is read. */
export function SupportForm({ trip, onClose }: { trip: TripView; onClose: () => void }) {
  const [role, setRole] = useState<SupportRole>("assist");
  const { addSupport } = useTripChanges();
  const { asking, error, ask } = useAsking<string>();
  const ranking = useHelpers(trip.id, role);
  const send = (shiftId: string, overrideReason?: string) =>
    ask(shiftId, async () => {
      const override = overrideReason ? { override: { reason: overrideReason } } : {};
      await addSupport({ tripId: trip.id, version: trip.version, shiftId, role, ...override });
      onClose();
    });
  const offers = ranking.found?.offers.slice(0, KEYED_OFFERS) ?? [];
  const refused = ranking.found?.refused.slice(0, REFUSED_SHOWN) ?? [];
  return (
    <section
      aria-label={`Units to help at ${trip.number}`}
      className="flex flex-col gap-1 border-line border-b bg-sunken px-3 py-2.5 shadow-[inset_2px_0_0_var(--accent)]"
    >
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold">Send a unit to help</h3>
        <CloseButton size="sm" onClick={onClose} />
      </div>
      <Segmented aria-label="What for" value={role} onValueChange={setRole} options={ROLES} className="h-6" />
      <RefusalNote error={error ?? ranking.error} before={(show) => factsOfTrip(trip, show)} />
      {ranking.found && offers.length === 0 && <p className="text-ink-2 text-table">No unit can go now.</p>}
      <ol aria-label="Units that can go">
        {offers.map((offer) => (
          <OfferLine
            key={offer.shiftId}
            offer={offer}
            // The number keys send the unit that carries the rider: none of them here.
            index={KEYED_OFFERS}
            verb="Send"
            busy={asking === offer.shiftId}
            disabled={asking !== null}
            onSend={() => send(offer.shiftId)}
          />
        ))}
      </ol>
      {refused.length > 0 && (
        <ul aria-label="Units that can't" className="border-line border-t pt-1">
          {refused.map((unit) => (
            <RefusedLine
              key={unit.shiftId}
              unit={unit}
              mode="dispatch"
              isSwap
              busy={asking !== null}
              onSend={(_, reason) => send(unit.shiftId, reason)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function useHelpers(tripId: string, role: SupportRole) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.trips.candidates.queryOptions(
      { tripId, role },
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
  );
  const found = useMemo(() => query.data && offersOf(query.data, null), [query.data]);
  return { found, error: query.error };
}
