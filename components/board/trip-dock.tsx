"use client";

import { closeDock, useBookingDock } from "@/components/booking/drafts";
import { later } from "@/components/lib/later";
import { useLocked } from "@/components/lib/privacy";
import { LaterTripPanel } from "@/components/trips/later-trip-panel";
import { DockArea } from "./dock-area";
import type { useOpenTrip } from "./use-open-trip";

const BookingDock = later(() => import("@/components/booking/booking-dock").then((part) => part.BookingDock));

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
        <LaterTripPanel key={tripId} tripId={tripId} ask={ask} onAsk={setAsk} onClose={close} />
      </div>
    </DockArea>
  );
}

/** Takes the focus into the panel, so that Tab goes on from there. */
export function focusTripPanel() {
  document.getElementById(TRIP_PANEL_ID)?.querySelector<HTMLElement>("button, input, [tabindex='0']")?.focus();
}
