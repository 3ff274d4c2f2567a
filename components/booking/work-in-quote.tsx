"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Check, CircleSlash } from "lucide-react";
import { useDeferredValue } from "react";
import { cn } from "@/components/lib/cn";
import { refusalText } from "@/components/lib/errors";
import { formatDistance, formatDuration, formatTime } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { Skeleton } from "@/components/ui/skeleton";
import type { QuoteView } from "@/server/domain/plans/quote";
import type { BookingValues } from "./drafts";
import { toQuote } from "./to-quote";

const SHOWN = 3;
/** Units move and are given trips: an answer is good for this long, in milliseconds. */
const FRESH_MS = 15_000;

/** Can we take this call: which units, at what detour, from when; else what stands in the way. */
export function WorkInQuote({ values }: { values: BookingValues }) {
  const trpc = useTRPC();
  const asked = useDeferredValue(toQuote(values));
  const quote = useQuery(
    trpc.plans.quote.queryOptions(asked ?? { level: values.level, pickup: {} }, {
      enabled: asked !== null,
      placeholderData: keepPreviousData,
      staleTime: FRESH_MS,
      refetchInterval: FRESH_MS,
      retry: false,
    }),
  );
  if (asked === null) return null;
  return (
    <section aria-label="Can we take it" aria-live="polite" className="rounded-md bg-sunken px-3 py-2 text-table">
      {quote.error ? (
        <p className="text-ink-2">{refusalText(quote.error)}</p>
      ) : quote.data ? (
        // The answer to the draft as it was: it makes way for the new one, and says so until then.
        <div aria-busy={quote.isPlaceholderData} className={cn(quote.isPlaceholderData && "opacity-60")}>
          <Answer quote={quote.data} />
        </div>
      ) : (
        <Skeleton className="my-1 w-2/3" />
      )}
    </section>
  );
}

function Answer({ quote }: { quote: QuoteView }) {
  if (!quote.possible) return <Refused quote={quote} />;
  return (
    <>
      <p className="flex items-center gap-1 font-medium text-good">
        <Check size={14} aria-hidden="true" />{" "}
        {quote.options.length === 1 ? "One unit" : `${quote.options.length} units`} can take it
      </p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {quote.options.slice(0, SHOWN).map((option) => (
          <Option key={option.shiftId} option={option} />
        ))}
      </ul>
    </>
  );
}

function Option({ option }: { option: QuoteView["options"][number] }) {
  const { timeZone, distanceUnit } = useAgency();
  const from = formatTime(option.pickupFrom, timeZone);
  const to = formatTime(option.pickupTo, timeZone);
  return (
    <li className="flex gap-2 tabular-nums">
      <span className="w-14 shrink-0 truncate font-medium">{option.callSign}</span>
      <span className="w-24 shrink-0">{from === to ? from : `${from}–${to}`}</span>
      <span className="min-w-0 flex-1 truncate text-ink-2">
        +{formatDuration(option.detourS)}, +{formatDistance(option.detourM, distanceUnit)}, cost{" "}
        {Math.round(option.cost)}
      </span>
    </li>
  );
}

function Refused({ quote }: { quote: QuoteView }) {
  return (
    <>
      <p className="flex items-center gap-1 font-medium text-caution">
        <CircleSlash size={14} aria-hidden="true" /> No unit can take it without breaking a promise
      </p>
      <ul className="mt-1 flex flex-col gap-0.5 text-ink-2">
        {quote.reasons.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {quote.rejected.slice(0, SHOWN).map((one) => (
          <li key={one.shiftId}>{one.reasons.join("; ")}</li>
        ))}
      </ul>
    </>
  );
}
