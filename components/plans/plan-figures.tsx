"use client";

import { cn } from "@/components/lib/cn";
import { useAgency } from "@/components/lib/viewer";
import { NO_FIGURES } from "@/server/domain/plans/figures";
import type { PlanFigures } from "@/server/domain/plans/figures-schema";
import type { PlanView } from "@/server/domain/plans/plan-view";
import { distanceIn, formatCost, formatDelta, formatMinutes } from "./plan-words";

type Line = {
  key: keyof PlanFigures;
  label: string;
  format: (value: number) => string;
  /** More of it is trouble, however many trips are served. */
  isTrouble?: boolean;
};

/** What a plan comes to against now: one column a figure, before, after and the difference. */
export function PlanTotals({ plan }: { plan: PlanView }) {
  const { distanceUnit } = useAgency();
  const distance = distanceIn(distanceUnit);
  // A question is set against the best plan found without it.
  const isQuestion = plan.kind === "what_if";
  const lines: Line[] = [
    { key: "trips", label: "Trips", format: String },
    { key: "distanceM", label: "Distance", format: distance },
    { key: "deadheadM", label: "Empty", format: distance },
    { key: "lateS", label: "Late", format: formatMinutes, isTrouble: true },
    { key: "rideS", label: "On board", format: formatMinutes },
    { key: "overtimeS", label: "Overtime", format: formatMinutes, isTrouble: true },
    { key: "cost", label: "Cost", format: formatCost },
  ];
  const [before, after] = [plan.before ?? NO_FIGURES, plan.after ?? NO_FIGURES];
  return (
    <section
      aria-label="Figures of the plan"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone it is scrolled with the arrow keys
      tabIndex={0}
      className="focus-inset shrink-0 overflow-x-auto border-line border-b bg-panel"
    >
      <table aria-label="Before and after" className="w-full text-table tabular-nums">
        <Head lines={lines} />
        <tbody>
          <Values
            name={isQuestion ? "Without it" : "Now"}
            lines={lines}
            text={(line) => line.format(before[line.key])}
            className="text-ink-2"
          />
          <Values
            name={isQuestion ? "With it" : "With the plan"}
            lines={lines}
            text={(line) => line.format(after[line.key])}
            className="font-semibold"
          />
          <tr>
            <th scope="row" className="px-3 pb-2 text-left font-normal text-ink-2">
              Difference
            </th>
            {lines.map((line) => (
              <td
                key={line.key}
                className={cn(
                  "whitespace-nowrap px-3 pb-2 text-right",
                  line.isTrouble && after[line.key] > before[line.key] && "text-caution",
                )}
              >
                {formatDelta(before[line.key], after[line.key], line.format)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Head({ lines }: { lines: readonly Line[] }) {
  return (
    <thead>
      <tr className="text-ink-2 text-label">
        <th scope="col" className="px-3 pt-2 text-left font-normal">
          <span className="sr-only">When</span>
        </th>
        {lines.map(({ key, label }) => (
          <th key={key} scope="col" className="px-3 pt-2 text-right font-normal">
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
}

type ValuesProps = { name: string; lines: readonly Line[]; text: (line: Line) => string; className: string };

function Values({ name, lines, text, className }: ValuesProps) {
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap px-3 text-left font-normal text-ink-2">
        {name}
      </th>
      {lines.map((line) => (
        <td key={line.key} className={cn("whitespace-nowrap px-3 text-right", className)}>
          {text(line)}
        </td>
      ))}
    </tr>
  );
}
