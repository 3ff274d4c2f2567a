"use client";

import { BatteryWarning, CloudOff, Satellite } from "lucide-react";
import { useNow } from "@/components/lib/clock";
import { formatAge, formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import type { Manifest } from "./kept-manifest";
import { UnitMenu } from "./unit-menu";
import type { GpsState } from "./use-gps";
import type { Sender } from "./use-sender";

type Props = {
  manifest: Manifest;
  gps: GpsState;
  sender: Sender;
  isOld: boolean;
  storedAt: Date | null;
  onChanged: () => void;
};

/** Who and where: call sign, truck, GPS, and what has not been sent. */
export function DriveHeader({ manifest, gps, sender, isOld, storedAt, onChanged }: Props) {
  const { shift } = manifest;
  const { timeZone } = useAgency();
  const isOffline = isOld || !sender.reached;
  return (
    <header className="sticky top-0 z-10 border-line border-b bg-panel px-4 py-2">
      <div className="flex min-h-12 items-center gap-3">
        <h1 className="min-w-0 flex-1 truncate font-semibold text-[20px]">
          {shift ? shift.callSign : "No shift"}
          {shift && <span className="ml-2 font-normal text-ink-2 text-touch">truck {shift.vehicleNo}</span>}
        </h1>
        <UnitMenu manifest={manifest} onChanged={onChanged} />
      </div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-1 text-base text-ink-2">
        {shift?.signedOnAt && <GpsLine gps={gps} waiting={sender.waitingFixes} />}
        <output className="inline-flex items-center gap-1.5">
          {isOffline && <CloudOff size={16} aria-hidden="true" />}
          {isOffline ? `No connection${storedAt ? `, as of ${formatTime(storedAt, timeZone)}` : ""}` : "Connected"}
        </output>
      </p>
    </header>
  );
}

function GpsLine({ gps, waiting }: { gps: GpsState; waiting: number }) {
  const nowMs = useNow();
  const words = {
    waiting: "GPS: waiting for the first reading",
    denied: "GPS is switched off for this page",
    unavailable: "GPS gives no reading",
    live: "",
  }[gps.kind];
  const isBad = gps.kind === "denied" || gps.kind === "unavailable";
  const Icon = isBad ? BatteryWarning : Satellite;
  return (
    <span
      className={
        isBad ? "inline-flex items-center gap-1.5 font-medium text-danger" : "inline-flex items-center gap-1.5"
      }
    >
      <Icon size={16} aria-hidden="true" />
      {gps.kind === "live"
        ? `GPS ${formatAge(((nowMs ?? gps.takenAt.getTime()) - gps.takenAt.getTime()) / 1000)}, ${Math.round(gps.accuracyM)} m`
        : words}
      {waiting > 12 && `, ${waiting} to send`}
    </span>
  );
}
