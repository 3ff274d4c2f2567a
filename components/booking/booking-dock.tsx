"use client";

import { Plus } from "lucide-react";
import { useLocked } from "@/components/lib/privacy";
import { Chip } from "@/components/ui/badge";
import { DockedPanel } from "@/components/ui/docked-panel";
import { IconButton } from "@/components/ui/icon-button";
import type { TripView } from "@/server/domain/trips/trip-view";
import { BookingForm } from "./booking-form";
import { closeDock, draftName, showDraft, startDraft, useBookingDock } from "./drafts";

/** Bookings beside the board: several at once; Esc puts them away and keeps them. Nothing while it is closed. */
export function BookingDock({ onBooked = () => undefined }: { onBooked?: (trip: TripView) => void }) {
  const { drafts, active, open } = useBookingDock();
  const locked = useLocked();
  const draft = drafts.find(({ id }) => id === active);
  if (!open || !draft || locked) return null;
  return (
    <DockedPanel
      title="New trip"
      meta={drafts.length > 1 && `${drafts.length} drafts`}
      actions={<IconButton icon={Plus} label="Another draft" onClick={() => startDraft({ notes: "" })} />}
      onClose={closeDock}
    >
      {drafts.length > 1 && (
        <div className="flex flex-wrap gap-1 border-line border-b p-2">
          {drafts.map((one, index) => (
            <Chip key={one.id} pressed={one.id === draft.id} onClick={() => showDraft(one.id)}>
              {draftName(one, index)}
            </Chip>
          ))}
        </div>
      )}
      <BookingForm key={draft.id} draft={draft} onBooked={onBooked} />
    </DockedPanel>
  );
}
