"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Radio, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { nowMs, useNow } from "@/components/lib/clock";
import { formatAccuracy, formatAge } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import type { VehiclePosition } from "@/server/domain/fleet/vehicle";
import { darkWords } from "./device-words";

const ASK_MS = 1500;
/** The phone's fix may be on its way while this opens: what came shortly before counts. */
const SLACK_MS = 5000;

/** Waits for a device that was just paired: "received 3 s ago, 8 m, battery 81 %". */
export function FirstFix({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const [openedAt] = useState(nowMs);
  const { data, error } = useQuery(trpc.devices.pairing.queryOptions({ id: deviceId }, { refetchInterval: ASK_MS }));
  const isNew = (at: string | null | undefined) => Boolean(at) && Date.parse(at ?? "") > openedAt - SLACK_MS;
  const heard = isNew(data?.device.lastSeenAt);
  const fix = data?.fix && isNew(data.fix.receivedAt) ? data.fix : null;
  const trouble = error ? "The server can't be reached" : heard && data ? darkWords(data.device) : null;
  return (
    <output className="mr-auto flex min-w-0 items-center gap-1.5">
      {fix ? (
        <Received fix={fix} />
      ) : trouble ? (
        <>
          <TriangleAlert size={16} aria-hidden="true" className="shrink-0 text-caution" />
          <span className="truncate text-caution">
            {error ? trouble : `Heard, but no position is kept: ${trouble}`}
          </span>
        </>
      ) : (
        <>
          <Radio size={16} aria-hidden="true" className="shrink-0 animate-[breathe_1.6s_infinite] text-ink-3" />
          <span className="text-ink-2">
            {heard ? "Heard, waiting for a position" : "Waiting for the first position"}
          </span>
        </>
      )}
    </output>
  );
}

function Received({ fix }: { fix: VehiclePosition }) {
  const now = useNow();
  const { distanceUnit } = useAgency();
  const facts = [
    now === null
      ? null
      : `received ${formatAge((now - Date.parse(fix.receivedAt)) / 1000)} ago`.replace("now ago", "now"),
    fix.accuracyM === null ? null : formatAccuracy(fix.accuracyM, distanceUnit),
    fix.batteryPct === null ? null : `battery ${Math.round(fix.batteryPct)} %`,
  ];
  const text = facts.filter((fact) => fact !== null).join(", ");
  return (
    <>
      <CircleCheck size={16} aria-hidden="true" className="shrink-0 text-good" />
      <span className="truncate">{text.charAt(0).toUpperCase() + text.slice(1)}</span>
    </>
  );
}
