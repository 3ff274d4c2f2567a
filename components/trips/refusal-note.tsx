"use client";

import type { ReactNode } from "react";
import { refusalOf } from "@/components/lib/errors";
import { formatTime } from "@/components/lib/format";
import { PatientData } from "@/components/lib/privacy";
import { useAgency } from "@/components/lib/viewer";
import { Banner } from "@/components/ui/banner";
import { type Change, changesBetween, currentTrip, factsOfTrip, type TripFacts } from "./what-changed";

type Props = {
  error: unknown;
  /** What was on the screen when it was asked, to say what changed since. */
  before?: ((show: (at: Date) => string) => TripFacts) | undefined;
  /** What can be done about it. */
  action?: ReactNode;
};

const PATIENT: readonly Change["what"][] = ["From", "To", "Rider"];

/** Why it was refused, next to where it was asked, until it is read. A conflict says what changed meanwhile. */
export function RefusalNote({ error, before, action }: Props) {
  const { timeZone } = useAgency();
  if (!error) return null;
  const { message, reasons } = refusalOf(error);
  const show = (at: Date) => formatTime(at, timeZone);
  const current = currentTrip(reasons);
  const changes = current && before ? changesBetween(before(show), factsOfTrip(current, show)) : [];
  const said = [...new Set(reasons.map((reason) => reason.message))];
  return (
    <Banner tone="danger" action={action} className="rounded-md">
      {message}
      {said.length > 0 && changes.length === 0 && <span className="font-normal">: {said.join("; ")}</span>}
      {changes.length > 0 && <Changes changes={changes} />}
    </Banner>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className="mt-0.5 font-normal text-ink">
      {changes.map((change) => (
        <li key={change.what}>
          {change.what}: <Value change={change} value={change.was} /> is now{" "}
          <strong className="font-semibold">
            <Value change={change} value={change.is} />
          </strong>
        </li>
      ))}
    </ul>
  );
}

function Value({ change, value }: { change: Change; value: string | null }) {
  const text = value ?? "none";
  return PATIENT.includes(change.what) ? <PatientData>{text}</PatientData> : text;
}
