"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNow } from "@/components/lib/clock";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { CLOCK_OF } from "@/server/domain/trips/clocks";
import { CREW_CORRECTION_MS } from "@/server/domain/trips/correction";
import type { TripView } from "@/server/domain/trips/trip-view";
import { CREW_STATUSES, type CrewStatus } from "@/server/domain/trips/vocabulary";
import type { Press } from "./drive-db";
import { atTheDoor, nextPress, PRESS_LABEL, PRESSED_WORD } from "./next-press";
import { NoShowPanel } from "./no-show-panel";
import { helpsWhom } from "./own-part";
import type { NewPress } from "./run-screen";

type Props = {
  trip: TripView;
  presses: readonly Press[];
  onPress: (press: NewPress) => Promise<void>;
  onChanged: () => void;
};

const FOOTER = "sticky bottom-0 border-line border-t bg-panel p-4 pb-[max(16px,env(safe-area-inset-bottom))]";

/** The one big button: what the crew says next; at the door, also that nobody came; and the last press taken back. */
export function NextButton({ trip, presses, onPress, onChanged }: Props) {
  const [gaveUp, setGaveUp] = useState(false);
  const next = nextPress(trip, presses);
  // That the rider did not come is for the crew that carries the rider to say.
  const door = helpsWhom(trip) ? null : atTheDoor(trip, presses);
  const press = (what: Pick<NewPress, "status" | "proof">) =>
    void onPress({ tripId: trip.id, tripNumber: trip.number, ...what });
  const needsDropoff = next === "loaded" && trip.kind === "transport" && !trip.dropoff;
  if (door && gaveUp) {
    return (
      <footer className={FOOTER}>
        <NoShowPanel
          arrivedAt={door.arrivedAt}
          onRecord={(proof) => press({ status: "no_show", proof })}
          onBack={() => setGaveUp(false)}
        />
      </footer>
    );
  }
  return (
    <footer className={FOOTER}>
      {needsDropoff && <p className="mb-2 text-ink-2">Ask dispatch for a drop-off first.</p>}
      {next ? (
        <Button
          variant="primary"
          className="h-16 w-full text-[20px]"
          disabled={needsDropoff}
          onClick={() => press({ status: next })}
        >
          {PRESS_LABEL[next]}
        </Button>
      ) : (
        <p className="text-center text-ink-2">Dispatch tells you when this trip starts.</p>
      )}
      {door && (
        <Button size="touch" className="mt-2 w-full" onClick={() => setGaveUp(true)}>
          Rider did not come
        </Button>
      )}
      <TakeBack trip={trip} hasUnsent={presses.some((press) => press.tripId === trip.id)} onChanged={onChanged} />
    </footer>
  );
}

function TakeBack({ trip, hasUnsent, onChanged }: { trip: TripView; hasUnsent: boolean; onChanged: () => void }) {
  const trpc = useTRPC();
  const nowMs = useNow();
  const correct = useMutation(trpc.trips.correct.mutationOptions({ onSuccess: onChanged }));
  const last = lastPress(trip);
  if (!last || nowMs === null || hasUnsent || nowMs - last.at.getTime() > CREW_CORRECTION_MS) return null;
  return (
    <div className="mt-2">
      <Button
        size="touch"
        className="w-full"
        busy={correct.isPending}
        onClick={() => correct.mutate({ tripId: trip.id, event: last.status })}
      >
        Take back: {PRESSED_WORD[last.status]}
      </Button>
      {correct.isError && (
        <p role="alert" className="mt-1 text-danger">
          {refusalText(correct.error)}
        </p>
      )}
    </div>
  );
}

/** The newest clock that the crew has pressed for this trip. */
function lastPress(trip: TripView): { status: CrewStatus; at: Date } | null {
  const status = CREW_STATUSES.findLast((one) => trip.times[CLOCK_OF[one]] !== null);
  const at = status && trip.times[CLOCK_OF[status]];
  return status && at ? { status, at } : null;
}
