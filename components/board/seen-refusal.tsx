"use client";

import { RefusalNote } from "@/components/trips/refusal-note";
import type { SeenTrip } from "@/components/trips/seen-trip";
import { Button } from "@/components/ui/button";

type Props = { error: unknown; asOf: SeenTrip; onRenew: () => void };

/** Why it was refused, what changed since it was seen, and a look at the trip as it is now. */
export function SeenRefusal({ error, asOf, onRenew }: Props) {
  return (
    <RefusalNote
      error={error}
      before={asOf.facts}
      action={
        <Button size="sm" onClick={onRenew}>
          Look again
        </Button>
      }
    />
  );
}
