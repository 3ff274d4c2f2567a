"use client";

import { useMutation } from "@tanstack/react-query";
import { useNow } from "@/components/lib/clock";
import { refusalText } from "@/components/lib/errors";
import { formatElapsed, plural } from "@/components/lib/format";
import { useShortcuts } from "@/components/lib/keys";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toastError } from "@/components/ui/toast";
import type { PlanView } from "@/server/domain/plans/plan-view";
import { formatCost } from "./plan-words";

/** How far a plan is. The page may be left: the plan is made on the server. */
export function PlanProgress({ plan }: { plan: PlanView }) {
  const trpc = useTRPC();
  const now = useNow(1_000);
  const { mutate, isPending } = useMutation(
    trpc.plans.cancel.mutationOptions({
      onError: (error) => toastError("The plan was not cancelled", refusalText(error)),
    }),
  );
  const cancel = () => mutate({ planId: plan.id });
  useShortcuts([
    { id: "plan.cancel", keys: "c", label: "Cancel the plan that is being made", group: "Plan", run: cancel },
  ]);
  const percent = Math.round(plan.progress * 100);
  const elapsedS = plan.startedAt && now !== null ? Math.max(0, (now - plan.startedAt.getTime()) / 1000) : 0;
  const how =
    elapsedS > plan.seconds
      ? `searched for ${formatElapsed(plan.seconds)}; times and reasons are worked out`
      : `${formatElapsed(elapsedS)} of ${formatElapsed(plan.seconds)}`;
  return (
    <section aria-label="Progress" className="flex max-w-160 flex-col gap-3 p-4">
      <div className="flex items-baseline gap-3">
        <span className="text-[20px] font-semibold tabular-nums">
          {plan.state === "queued" ? "Waits" : `${percent} %`}
        </span>
        <span className="text-ink-2">{plan.state === "queued" ? "for a worker that is free" : how}</span>
        <div className="flex-1" />
        <Button size="sm" busy={isPending} onClick={cancel}>
          Cancel <Kbd keys="C" />
        </Button>
      </div>
      <progress
        aria-label="How far the search is"
        value={percent}
        max={100}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <p className="text-ink-2 text-table">
        {plan.tripCount > 0 ? `${plural(plan.tripCount, "trip")} and ${plural(plan.unitCount, "unit")}. ` : ""}
        {plan.bestCost === null ? "No plan yet." : `Best so far: cost ${formatCost(plan.bestCost)}`}
        {plan.unservedCount === null ? "" : `, ${plural(plan.unservedCount, "trip")} left out.`} You may leave this
        page.
      </p>
    </section>
  );
}
