import { useState } from "react";
import { useAddressParam } from "@/components/lib/use-address-param";
import type { PanelAsk } from "@/components/trips/panel-actions";

/** The trip in the panel: its id stands in the address, what is asked of it does not. */
export function useOpenTrip() {
  const [tripId, setTripId] = useAddressParam("trip");
  const [asked, setAsked] = useState<{ tripId: string; ask: PanelAsk } | null>(null);
  const openTrip = (id: string | null, ask: PanelAsk | null = null) => {
    setTripId(id);
    setAsked(id && ask ? { tripId: id, ask } : null);
  };
  return {
    tripId,
    ask: asked?.tripId === tripId ? asked.ask : null,
    openTrip,
    setAsk: (ask: PanelAsk | null) => setAsked(tripId && ask ? { tripId, ask } : null),
  };
}
