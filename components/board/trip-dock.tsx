"use client";

import { BookingDock } from "@/components/booking/booking-dock";
import { closeDock, useBookingDock } from "@/components/booking/drafts";
import { useLocked } from "@/components/lib/privacy";
import { TripPanel } from "@/components/trips/trip-panel";
import { DockArea } from "./dock-area";
import type { useOpenTrip } from "./use-open-trip";

export const TRIP_PANEL_ID = "trip-panel";

type Props = { open: ReturnType<typeof useOpenTrip>; onClosed: () => void };

/** The place beside the lists: the booking in hand, else the trip that was opened. Opening one puts the other away. */
export function TripDock({ open, onClosed }: Props) {
  const booking = useBookingDock();
  const locked = useLocked();
  const { tripId, ask, setAsk, openTrip } = open;
  if (booking.open && !locked)
    return (
      <DockArea>
        <BookingDock
          onBooked={(trip) => {
            closeDock();
            openTrip(trip.id, { kind: "units" });
          }}
        />
      </DockArea>
    );
  if (!tripId) return null;
  const close = () => {
    openTrip(null);
    onClosed();
  };
  return (
    <DockArea>
      <div id={TRIP_PANEL_ID} className="h-full">
        <TripPanel key={tripId} tripId={tripId} ask={ask} onAsk={setAsk} onClose={close} />
      </div>
    </DockArea>
  );
}

/** Takes the focus into the panel, so that Tab goes on from there. */
export function focusTripPanel() {
  document.getElementById(TRIP_PANEL_ID)?.querySelector<HTMLElement>("button, input, [tabindex='0']")?.focus();
}
