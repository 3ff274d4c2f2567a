"use client";

import { ArrowDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useMay } from "@/components/fleet/use-may";
import { nowMs } from "@/components/lib/clock";
import { formatDistance, formatDuration, formatPhone, formatTimeOrDay } from "@/components/lib/format";
import { later } from "@/components/lib/later";
import { PatientData, useLocked } from "@/components/lib/privacy";
import { useAgency } from "@/components/lib/viewer";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { TripEnd, TripView } from "@/server/domain/trips/trip-view";
import { Fact, Section } from "./section";
import { inWords, LEVEL_SHORT, PRIORITY_WORDS, TIMING_WORDS } from "./trip-words";

const RiderDialog = later(() => import("@/components/riders/rider-dialog").then((part) => part.RiderDialog));

/** What a trip is: whom, from where to where, by when, with what. */
export function TripFacts({ trip }: { trip: TripView }) {
  return (
    <>
      <Section title="Ride">
        <End name="From" end={trip.pickup} />
        <ArrowDown size={12} aria-hidden="true" className="my-0.5 ml-0.5 text-ink-3" />
        {trip.dropoff ? <End name="To" end={trip.dropoff} /> : <p className="text-ink-3">No destination yet</p>}
      </Section>
      <Times trip={trip} />
      <Rider trip={trip} />
      <Needs trip={trip} />
    </>
  );
}

function End({ name, end }: { name: string; end: TripEnd }) {
  const title = end.facilityName ?? end.address;
  return (
    <div>
      <span className="sr-only">{name}: </span>
      <p className="font-medium">{end.facilityName ? title : <PatientData>{title ?? "address hidden"}</PatientData>}</p>
      {end.facilityName && end.address && <p className="text-ink-2 text-table">{end.address}</p>}
      {end.notes && (
        <p className="text-ink-2 text-table">
          <PatientData>{end.notes}</PatientData>
        </p>
      )}
    </div>
  );
}

function Times({ trip }: { trip: TripView }) {
  const { timeZone, distanceUnit } = useAgency();
  const show = (at: Date | null): ReactNode =>
    at ? formatTimeOrDay(at, new Date(nowMs()), timeZone) : <span className="text-ink-3">–</span>;
  const { promised } = trip;
  return (
    <Section title="Times agreed">
      <dl>
        <Fact name="Timing">
          {TIMING_WORDS[trip.timing]}
          {trip.readyAt && `, ready ${formatTimeOrDay(trip.readyAt, new Date(nowMs()), timeZone)}`}
        </Fact>
        {trip.pickup.at && <Fact name="Pickup">{show(trip.pickup.at)}</Fact>}
        {trip.appointmentAt && <Fact name="Appointment">{show(trip.appointmentAt)}</Fact>}
        <Fact name="Promised pickup">{show(promised.pickupAt)}</Fact>
        {promised.dropoffAt && <Fact name="Promised drop-off">{show(promised.dropoffAt)}</Fact>}
        <Fact name="Estimated">
          {show(trip.etaPickupAt)} to {show(trip.etaDropoffAt)}
        </Fact>
        {trip.distanceM !== null && (
          <Fact name="Way">
            {formatDistance(trip.distanceM, distanceUnit)}, {formatDuration(trip.durationS)}
          </Fact>
        )}
      </dl>
    </Section>
  );
}

function Rider({ trip }: { trip: TripView }) {
  const mayEdit = useMay("riders.write");
  const locked = useLocked();
  const [open, setOpen] = useState(false);
  return (
    <Section
      title="Rider"
      tools={
        mayEdit &&
        !locked &&
        trip.riderId && (
          <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
            Rider’s card
          </Button>
        )
      }
    >
      {open && !locked && trip.riderId && <RiderDialog riderId={trip.riderId} onClose={() => setOpen(false)} />}
      {trip.unknownRider ? (
        <p className="text-ink-2">Not known yet</p>
      ) : (
        <PatientData>
          <p className="font-medium">{trip.riderName ?? "Not shown to your role"}</p>
          {trip.riderPhone && <p className="text-ink-2">{formatPhone(trip.riderPhone)}</p>}
        </PatientData>
      )}
      {trip.notes && (
        <p className="mt-1 whitespace-pre-line text-ink-2">
          <PatientData>{trip.notes}</PatientData>
        </p>
      )}
    </Section>
  );
}

function Needs({ trip }: { trip: TripView }) {
  return (
    <Section title="Level and needs">
      <div className="flex flex-wrap gap-1">
        <Badge tone="accent">{LEVEL_SHORT[trip.level]}</Badge>
        <Badge tone={trip.priority === "emergency" ? "danger" : "neutral"}>{PRIORITY_WORDS[trip.priority]}</Badge>
        {trip.lightsAndSiren && <Badge tone="danger">Lights and siren</Badge>}
        {trip.kind !== "transport" && <Badge>{inWords(trip.kind)}</Badge>}
        {trip.needs.map((need) => (
          <Badge key={need} tone="outline">
            {inWords(need)}
          </Badge>
        ))}
      </div>
      {trip.priorityAtDispatch && trip.priorityAtDispatch !== trip.priority && (
        <p className="mt-1 text-ink-2 text-table">{PRIORITY_WORDS[trip.priorityAtDispatch]} when dispatched</p>
      )}
    </Section>
  );
}
