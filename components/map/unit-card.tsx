"use client";

import { BatteryCharging, BatteryMedium } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { EndCell } from "@/components/board/trip-cells";
import { formatAccuracy, formatHeading, formatSpeed, formatTime, formatTimeS } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { StatusBadge } from "@/components/status/status-badge";
import { tripMark } from "@/components/status/status-marks";
import { STOP_WORDS } from "@/components/trips/trip-words";
import { DockedPanel } from "@/components/ui/docked-panel";
import { Age, Elapsed } from "@/components/ui/elapsed";
import type { BoardTrip, BoardUnit } from "@/server/domain/trips/board-view";
import type { LivePosition, UnitOnMap } from "./unit-on-map";

/** A past fix, newest first in lists. */
export type TrailFix = { takenAt: Date; lng: number; lat: number; speedMps: number | null };

type Props = {
  unit: UnitOnMap;
  /** Null for a truck without a shift. */
  shift: BoardUnit | null;
  /** What it was told to do and has not cleared. */
  trips: readonly BoardTrip[];
  position: LivePosition | null;
  trail: readonly TrailFix[] | undefined;
  /** Buttons of the page: dispatch, call, send a message. */
  actions?: ReactNode;
  onClose: () => void;
};

/** What a dispatcher asks about one unit: doing what, since when, where, heard of when, who is aboard, what comes next. */
export function UnitCard({ unit, shift, trips, position, trail, actions, onClose }: Props) {
  return (
    <DockedPanel
      title={unit.label}
      meta={shift ? `${shift.vehicleNo} · ${shift.levels.join(", ").toUpperCase()}` : unit.vehicleNo}
      actions={actions}
      onClose={onClose}
    >
      <div className="flex flex-col gap-1 border-line border-b px-3 py-2.5">
        <div className="flex items-center justify-between gap-3 font-medium text-title">
          <StatusBadge
            mark={unit.mark}
            word={unit.word}
            emergency={unit.emergency}
            lateMin={unit.lateMin}
            lateIsEstimate={unit.lateIsEstimate}
          />
          {unit.since && <Elapsed since={unit.since} className="font-semibold text-figure" />}
        </div>
        {shift?.stateReason && <p className="text-ink-2 text-table">{shift.stateReason}</p>}
      </div>
      {trips.length > 0 && <UnitTrips trips={trips} />}
      {shift && <ShiftFacts shift={shift} />}
      <PositionFacts unit={unit} shift={shift} position={position} />
      <LastFixes trail={trail} />
    </DockedPanel>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-b px-3 py-2.5">
      <h3 className="mb-1 text-ink-3 text-label">{title}</h3>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-6 items-baseline justify-between gap-3">
      <dt className="shrink-0 text-ink-2 text-table">{name}</dt>
      <dd className="min-w-0 truncate text-right">{children}</dd>
    </div>
  );
}

function UnitTrips({ trips }: { trips: readonly BoardTrip[] }) {
  return (
    <Section title={trips.length > 1 ? "Trips" : "Trip"}>
      <ul className="flex flex-col gap-1.5">
        {trips.map((trip) => (
          <li key={trip.id}>
            <Link href={`/board?trip=${trip.id}`} className="block rounded-sm hover:underline">
              <span className="font-medium">{trip.number}</span>{" "}
              <span className="text-ink-2">
                {trip.level.toUpperCase()} · {tripMark(trip.status).word}
              </span>
              <span className="block truncate text-ink-2 text-table">
                <EndCell end={trip.from} /> → <EndCell end={trip.to} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ShiftFacts({ shift }: { shift: BoardUnit }) {
  const { timeZone } = useAgency();
  const { nextStop } = shift;
  const stopAt = nextStop?.etaAt ?? nextStop?.plannedAt;
  return (
    <Section title="Shift">
      <dl>
        <Fact name="Crew">{shift.crew.map(({ name }) => name).join(", ") || "Nobody yet"}</Fact>
        <Fact name="On duty">
          {formatTime(shift.signedOnAt ?? shift.startsAt, timeZone)} to {formatTime(shift.endsAt, timeZone)}
        </Fact>
        <Fact name="Next stop">
          {nextStop ? `${STOP_WORDS[nextStop.kind]}${stopAt ? ` ${formatTime(stopAt, timeZone)}` : ""}` : "None"}
        </Fact>
      </dl>
    </Section>
  );
}

function PositionFacts({ unit, shift, position }: Pick<Props, "unit" | "shift" | "position">) {
  const { distanceUnit } = useAgency();
  const health = shift?.position;
  if (!position)
    return (
      <Section title="Position">
        <p className="text-ink-2">No fix received{unit.darkReason ? `: ${unit.darkReason}` : ""}</p>
      </Section>
    );
  const Battery = health?.charging ? BatteryCharging : BatteryMedium;
  return (
    <Section title="Position and device">
      <dl>
        <Fact name="Received">
          <Age at={new Date(position.takenAtMs)} suffix="ago" />
        </Fact>
        {unit.darkReason && <Fact name="Silent because">{unit.darkReason}</Fact>}
        <Fact name="Speed">
          {position.speedMps === null ? "–" : formatSpeed(position.speedMps, distanceUnit)}
          {position.headingDeg !== null && (position.speedMps ?? 0) > 1 && ` ${formatHeading(position.headingDeg)}`}
        </Fact>
        {health?.accuracyM != null && <Fact name="Accuracy">{formatAccuracy(health.accuracyM, distanceUnit)}</Fact>}
        {health?.batteryPct != null && (
          <Fact name="Battery">
            <span className="inline-flex items-center gap-1">
              <Battery size={14} aria-hidden="true" />
              {Math.round(health.batteryPct)} %{health.charging && " charging"}
            </span>
          </Fact>
        )}
        {health && <Fact name="Source">{health.source === "device" ? "Vehicle device" : "Crew phone"}</Fact>}
      </dl>
    </Section>
  );
}

function LastFixes({ trail }: { trail: readonly TrailFix[] | undefined }) {
  const { timeZone, distanceUnit } = useAgency();
  if (!trail?.length) return null;
  return (
    <Section title="Last fixes">
      <ol>
        {trail.slice(0, 6).map((fix) => (
          <li key={fix.takenAt.getTime()} className="flex min-h-6 items-baseline justify-between text-table">
            <span>{formatTimeS(fix.takenAt, timeZone)}</span>
            <span className="text-ink-2">{fix.speedMps === null ? "–" : formatSpeed(fix.speedMps, distanceUnit)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
