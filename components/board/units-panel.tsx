"use client";

import { RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { nowMs } from "@/components/lib/clock";
import { plural } from "@/components/lib/format";
import { useDraft } from "@/components/lib/use-draft";
import type { SeenTrip } from "@/components/trips/seen-trip";
import { MODE_WORDS } from "@/components/trips/trip-words";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/elapsed";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";
import { OfferLine } from "./offer-line";
import { KEYED_OFFERS, type Offers, usualMode } from "./offers";
import { PanelFrame } from "./panel-frame";
import { RefusedLine } from "./refused-line";
import type { OnDigits } from "./row-panel";
import { SeenRefusal } from "./seen-refusal";
import { useTakesDigits } from "./use-digits";
import { useOffers } from "./use-offers";
import { type Sending, useSend } from "./use-send";

type Props = {
  /** The trip as it was when this opened. */
  asOf: SeenTrip;
  reserve: boolean;
  onDigits: OnDigits;
  onClose: () => void;
  /** The unit was sent. */
  onDone: () => void;
  /** Look at the trip as it is now. */
  onRenew: () => void;
};

const MODES = (["dispatch", "reserve"] as const).map((value) => ({ value, label: MODE_WORDS[value] }));

/** Ranked units under the row: `1` to `5` sends, the others say what stands in their way. */
export function UnitsPanel({ asOf, reserve, onDigits, onClose, onDone, onRenew }: Props) {
  const [mode, setMode] = useState<AssignmentMode>(() => (reserve ? "reserve" : usualMode(asOf, nowMs())));
  const holder = asOf.unit;
  const isTold = holder !== null && asOf.status !== "reserved";
  const ranking = useOffers(asOf.id, mode, holder?.shiftId ?? null);
  const [reason, setReason] = useDraft(`${asOf.id} swap`, "");
  const { send, sending, error, reasonMissing } = useSend(asOf, reason, onDone);
  const offers = ranking.offers?.offers ?? [];
  const onDigit = (digit: number) => {
    const offer = offers[digit - 1];
    if (offer && digit <= KEYED_OFFERS && !ranking.isRanking) send(offer, mode);
  };
  useTakesDigits(onDigits, onDigit);
  return (
    <PanelFrame
      title={isTold ? `Swap ${holder?.callSign ?? "the unit"} on ${asOf.number}` : `Units for ${asOf.number}`}
      onDigit={onDigit}
      onClose={onClose}
      tools={
        <>
          {!isTold && (
            <Segmented aria-label="How" value={mode} onValueChange={setMode} options={MODES} className="h-6" />
          )}
          {holder && <SwapReason reason={reason} onReason={setReason} isMissing={reasonMissing} />}
          <span title="How long ago they were ranked">
            {ranking.isRanking || !ranking.rankedAt ? "ranking" : <Age at={ranking.rankedAt} />}
          </span>
          <IconButton icon={RefreshCw} iconSize={12} size="sm" label="Rank again" onClick={ranking.rankAgain} />
        </>
      }
    >
      <SeenRefusal error={error ?? ranking.error} asOf={asOf} onRenew={onRenew} />
      {ranking.offers && (
        <OfferList
          found={ranking.offers}
          mode={mode}
          holderId={holder?.shiftId ?? null}
          sending={sending}
          onSend={send}
        />
      )}
    </PanelFrame>
  );
}

type ReasonProps = { reason: string; onReason: (text: string) => void; isMissing: boolean };

function SwapReason({ reason, onReason, isMissing }: ReasonProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isMissing) input.current?.focus();
  }, [isMissing]);
  return (
    <Input
      ref={input}
      aria-label="Why another unit takes over"
      aria-invalid={isMissing || undefined}
      placeholder="Why another unit takes over"
      maxLength={500}
      autoComplete="off"
      value={reason}
      onValueChange={onReason}
      className="h-6 w-64"
    />
  );
}

type ListProps = {
  found: Offers;
  mode: AssignmentMode;
  /** The shift that has the trip now. */
  holderId: string | null;
  sending: Sending["sending"];
  onSend: Sending["send"];
};
const REFUSED_SHOWN = 3;

function OfferList({ found, mode, holderId, sending, onSend }: ListProps) {
  const [all, setAll] = useState(false);
  const { offers, refused } = found;
  const shown = all ? offers : offers.slice(0, KEYED_OFFERS);
  const shownRefused = all ? refused : refused.slice(0, REFUSED_SHOWN);
  const hidden = offers.length + refused.length - shown.length - shownRefused.length;
  return (
    <div className="max-w-220">
      {offers.length === 0 && (
        <p className="text-ink-2 text-table">No unit can take it as asked. What stands in the way:</p>
      )}
      {shown.length > 0 && (
        <ol aria-label="Units that can go">
          {shown.map((offer, index) => (
            <OfferLine
              key={offer.shiftId}
              offer={offer}
              index={index}
              verb={mode === "reserve" ? "Reserve" : "Dispatch"}
              busy={sending === offer.shiftId}
              disabled={sending !== null}
              onSend={() => onSend(offer, mode)}
            />
          ))}
        </ol>
      )}
      {refused.length > 0 && (
        <ul aria-label="Units that can't" className="mt-1 border-line border-t pt-1">
          {shownRefused.map((unit) => (
            <RefusedLine
              key={unit.shiftId}
              unit={unit}
              mode={mode}
              isSwap={holderId !== null}
              busy={sending !== null}
              onSend={(how, overrideReason) => onSend(unit, how, overrideReason)}
            />
          ))}
        </ul>
      )}
      {(hidden > 0 || all) && (
        <Button size="sm" variant="ghost" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `${plural(hidden, "more unit")}`}
        </Button>
      )}
    </div>
  );
}
