"use client";

import { MapPin, Phone } from "lucide-react";
import { formatPhone, formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { StatusBadge } from "@/components/status/status-badge";
import { tripMark } from "@/components/status/status-marks";
import type { TripEnd, TripView } from "@/server/domain/trips/trip-view";
import type { Manifest } from "./kept-manifest";
import { helpsWhom } from "./own-part";

type Props = { trip: TripView; status: TripView["status"]; stops: Manifest["stops"] };
const LEVEL_WORD: Record<TripView["level"], string> = {
  ambulatory: "Ambulatory",
  wheelchair: "Wheelchair",
  stretcher: "Stretcher",
  bls: "BLS",
  als: "ALS",
  sct: "Specialty care",
};

/** The trip in hand: rider, needs, where from and where to. */
export function TripCard({ trip, status }: Props) {
  const helps = helpsWhom(trip);
  const toPickup = ["reserved", "dispatched", "acknowledged", "en_route", "at_pickup"].includes(status);
  return (
    <article aria-label={`Trip ${trip.number}`} className="rounded-md border border-line bg-panel">
      <header className="flex flex-wrap items-center justify-between gap-2 border-line border-b px-4 py-2">
        <StatusBadge {...tripMark(status)} emergency={trip.priority === "emergency"} />
        <span className="text-base text-ink-2">{trip.number}</span>
      </header>
      <div className="px-4 py-3">
        {helps && (
          <p className="mb-1 font-semibold">
            You help{helps.callSign ? ` ${helps.callSign}` : ""} ({helps.role.replaceAll("_", " ")})
          </p>
        )}
        <p className="font-semibold text-[20px]">
          {trip.unknownRider ? "Rider not known" : (trip.riderName ?? "Rider")}
        </p>
        <p className="text-ink-2">
          {LEVEL_WORD[trip.level]}
          {trip.needs.length > 0 && `, ${trip.needs.map((need) => need.replaceAll("_", " ")).join(", ")}`}
        </p>
        {trip.riderPhone && (
          <a
            href={`tel:${trip.riderPhone}`}
            className="mt-1 inline-flex min-h-12 items-center gap-2 font-medium text-accent"
          >
            <Phone size={20} aria-hidden="true" /> {formatPhone(trip.riderPhone)}
          </a>
        )}
        {trip.notes && <p className="mt-1 whitespace-pre-line">{trip.notes}</p>}
      </div>
      <End label="Pickup" end={trip.pickup} at={trip.promised.pickupAt ?? trip.pickup.at} isNext={toPickup} />
      {trip.dropoff ? (
        <End
          label="Drop-off"
          end={trip.dropoff}
          at={trip.appointmentAt ?? trip.promised.dropoffAt}
          isNext={!toPickup}
        />
      ) : (
        <p className="border-line border-t px-4 py-3 text-ink-2">No drop-off yet. Dispatch tells you.</p>
      )}
    </article>
  );
}

function End({ label, end, at, isNext }: { label: string; end: TripEnd; at: Date | null; isNext: boolean }) {
  const { timeZone } = useAgency();
  const { lat, lon } = end;
  const isPoint = lat !== undefined && lon !== undefined;
  const point = isPoint ? `${lat.toFixed(5)}, ${lon.toFixed(5)}` : "Shown from 2 h before the shift";
  const name = end.facilityName ?? end.address ?? point;
  return (
    <section aria-label={label} className="border-line border-t px-4 py-3">
      <p className="flex justify-between gap-2 text-base text-ink-2">
        <span>{label}</span>
        {at && <span>{formatTime(at, timeZone)}</span>}
      </p>
      <p className={isNext ? "font-semibold" : "text-ink-2"}>{name}</p>
      {end.facilityName && end.address && <p className="text-base text-ink-2">{end.address}</p>}
      {end.notes && <p className="mt-1 whitespace-pre-line text-base">{end.notes}</p>}
      {isNext && isPoint && (
        <a
          href={`geo:${lat},${lon}?q=${lat},${lon}`}
          className="inline-flex min-h-12 items-center gap-2 font-medium text-accent"
        >
          <MapPin size={20} aria-hidden="true" /> Navigate
        </a>
      )}
    </section>
  );
}
