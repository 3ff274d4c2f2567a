import { useSyncExternalStore } from "react";
import { createStore } from "@/components/lib/store";
import type { Level, Priority } from "@/server/domain/trips/vocabulary";

/** A place as the caller said it, once it is found on the map. */
export type PickedPlace = {
  label: string;
  lat: number;
  lon: number;
  zip: string | null;
  facilityId?: string | undefined;
};
/** A rider the agency knows. */
export type PickedRider = { id: string; name: string; phone: string | null; level: Level | null; needs: string[] };

/** What a dispatcher has typed so far. It lives in this tab's memory only: it holds patient data. */
export type BookingValues = {
  pickup: PickedPlace | null;
  pickupNotes: string;
  dropoff: PickedPlace | null;
  dropoffNotes: string;
  when: "asap" | "fixed" | "will_call";
  pickupAt: Date | null;
  appointmentAt: Date | null;
  rider: PickedRider | null;
  riderName: string;
  riderPhone: string;
  unknownRider: boolean;
  level: Level;
  priority: Priority;
  needs: string[];
  notes: string;
};
export type Draft = { id: string; values: BookingValues };

export const EMPTY_BOOKING: BookingValues = {
  pickup: null,
  pickupNotes: "",
  dropoff: null,
  dropoffNotes: "",
  when: "asap",
  pickupAt: null,
  appointmentAt: null,
  rider: null,
  riderName: "",
  riderPhone: "",
  unknownRider: false,
  level: "bls",
  priority: "urgent",
  needs: [],
  notes: "",
};

type Dock = { drafts: readonly Draft[]; active: string | null; open: boolean };
const NOTHING: Dock = { drafts: [], active: null, open: false };
const dock = createStore<Dock>(NOTHING);

export const useBookingDock = (): Dock => useSyncExternalStore(dock.subscribe, dock.get, () => NOTHING);

/** Opens the dock: with the drafts that were put away, else with a new one; an untouched one is used again. */
export function startDraft(values: Partial<BookingValues> = {}): void {
  dock.set((now) => {
    const blank = now.drafts.find((draft) => isBlank(draft.values));
    const isPlain = Object.keys(values).length === 0;
    if (isPlain && !now.open && now.active !== null) return { ...now, open: true };
    if (blank && isPlain) return { ...now, active: blank.id, open: true };
    const draft = { id: crypto.randomUUID(), values: { ...EMPTY_BOOKING, ...values } };
    return { drafts: [...now.drafts, draft], active: draft.id, open: true };
  });
}

export const showDraft = (id: string): void => dock.set((now) => ({ ...now, active: id, open: true }));
/** Puts the dock away; drafts stay. */
export const closeDock = (): void => dock.set((now) => ({ ...now, open: false }));

export const keepDraft = (id: string, values: BookingValues): void =>
  dock.set((now) => ({ ...now, drafts: now.drafts.map((draft) => (draft.id === id ? { id, values } : draft)) }));

/** Takes a draft away: it was booked, or its dispatcher threw it away. */
export function dropDraft(id: string): void {
  dock.set((now) => {
    const drafts = now.drafts.filter((draft) => draft.id !== id);
    const active = now.active === id ? (drafts.at(-1)?.id ?? null) : now.active;
    return { drafts, active, open: now.open && drafts.length > 0 };
  });
}

/** Has nothing been typed yet? */
export const isBlank = (values: BookingValues): boolean =>
  values.pickup === null &&
  values.dropoff === null &&
  values.rider === null &&
  values.riderName === "" &&
  values.riderPhone === "" &&
  values.notes === "";

/** A draft's name among several, without the rider: tabs are read over shoulders. */
export const draftName = ({ values }: Draft, index: number): string =>
  values.pickup?.label.split(",")[0] ?? `Draft ${index + 1}`;
