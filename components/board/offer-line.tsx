"use client";

import { formatAge, formatDistance, formatDuration, formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { FRESH_S } from "@/server/domain/units/freshness";
import { KEYED_OFFERS, type Offer } from "./offers";

export const LINE =
  "grid min-h-7 grid-cols-[20px_56px_60px_minmax(0,1fr)_auto] items-center gap-2 text-table @min-[680px]:grid-cols-[20px_64px_64px_48px_60px_minmax(0,1fr)_auto]";

/** Left out where the list is narrow. */
export const WIDE_ONLY = "hidden @min-[680px]:inline";

type Props = { offer: Offer; index: number; verb: string; busy: boolean; disabled: boolean; onSend: () => void };

/** A unit that can go: how soon, how far, and every point for and against it. */
export function OfferLine({ offer, index, verb, busy, disabled, onSend }: Props) {
  const { timeZone, distanceUnit } = useAgency();
  const { callSign, etaS, distanceM, etaPickupAt, positionAgeS } = offer;
  const isOld = positionAgeS !== null && positionAgeS >= FRESH_S;
  return (
    <li className={LINE}>
      {index < KEYED_OFFERS ? <Kbd keys={String(index + 1)} /> : <span />}
      <span className="font-semibold text-base">{callSign}</span>
      <span className="text-right font-semibold">{formatDuration(etaS)}</span>
      <span className={`text-ink-2 ${WIDE_ONLY}`}>{etaPickupAt ? formatTime(etaPickupAt, timeZone) : ""}</span>
      <span className={`text-right text-ink-2 ${WIDE_ONLY}`}>{formatDistance(distanceM, distanceUnit)}</span>
      <Reasons offer={offer} age={isOld ? `position ${formatAge(positionAgeS)} old` : null} />
      <Button
        size="sm"
        busy={busy}
        disabled={disabled}
        variant={index === 0 ? "primary" : "secondary"}
        onClick={onSend}
      >
        {verb} {callSign}
      </Button>
    </li>
  );
}

const signed = (points: number) => (points > 0 ? `+${points}` : String(points));

function Reasons({ offer, age }: { offer: Offer; age: string | null }) {
  const told = offer.reasons.filter(({ code }) => code !== "eta" && code !== "position_old");
  const all = offer.reasons.map(({ message, points }) => `${message} (${signed(points)})`).join("\n");
  const text = [...told.map(({ message }) => message), ...(age ? [age] : [])].join(" · ");
  return (
    <span title={all} className="truncate text-ink-2">
      {text}
    </span>
  );
}
