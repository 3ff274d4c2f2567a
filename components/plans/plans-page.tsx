"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { LoadFailed } from "@/components/fleet/load-failed";
import { formatDay, formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import type { PlanDetail, PlanView } from "@/server/domain/plans/plan-view";
import { isInTheMaking } from "@/server/domain/plans/vocabulary";
import { PlanDay } from "./plan-day";
import { PlanProgress } from "./plan-progress";
import { PlanProposal } from "./plan-proposal";
import { FAILURE_WORDS, stateWord } from "./plan-words";
import { usePlan, usePlanFeed, usePlans } from "./use-plans";

/** Plans of a day: made, looked at, decided. The address holds the plan's id only. */
export function PlansPage() {
  const router = useRouter();
  const asked = useSearchParams().get("plan");
  const plans = usePlans();
  const planId = asked ?? plans.data?.items[0]?.id ?? null;
  const plan = usePlan(planId);
  usePlanFeed();
  const { timeZone } = useAgency();
  const options = (plans.data?.items ?? []).map((one) => ({ value: one.id, label: nameOf(one, timeZone) }));
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Plans" actions={<PlanDay primary={plans.data?.items.length === 0} />}>
        {options.length > 0 && (
          <Select
            aria-label="Plan"
            className="min-w-0 max-w-100 flex-1"
            value={planId}
            onValueChange={(id) => router.replace(`/plans?plan=${id}`)}
            options={options}
          />
        )}
        {plan.data && <Badge tone={stateWord(plan.data).tone}>{stateWord(plan.data).word}</Badge>}
      </PageHeader>
      <LoadFailed error={plans.error} onRetry={plans.refetch} what="The plans" />
      <LoadFailed error={plan.error} onRetry={plan.refetch} what="The plan" />
      {planId === null && plans.data && (
        <EmptyState title="No plan yet">
          Plan the rest of today or a day ahead. The planner proposes; nothing changes until you accept it.
        </EmptyState>
      )}
      {planId !== null && !plan.data && !plan.error && <Loading />}
      {plan.data && <PlanBody key={plan.data.id} plan={plan.data} />}
    </div>
  );
}

function PlanBody({ plan }: { plan: PlanDetail }) {
  if (isInTheMaking(plan.state)) return <PlanProgress plan={plan} />;
  if (plan.state === "failed") {
    const { title, hint } = FAILURE_WORDS[plan.failure ?? "search_failed"];
    return <EmptyState title={title}>{hint}</EmptyState>;
  }
  if (plan.state === "cancelled") return <EmptyState title="This plan was cancelled">Nothing was changed.</EmptyState>;
  if (plan.state === "superseded" && plan.units.length === 0)
    return <EmptyState title="Another plan of the day was accepted first">Plan again from there.</EmptyState>;
  return <PlanProposal plan={plan} />;
}

function Loading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3 p-4">
      {["w-1/3", "w-2/3", "w-1/2", "w-3/5"].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}

/** `Tue 4 Mar, asked 14:32: to decide`. */
function nameOf(plan: PlanView, timeZone: string): string {
  const day = formatDay(plan.from, timeZone);
  const what =
    plan.kind === "what_if"
      ? "what if"
      : plan.kind === "mid_day"
        ? `from ${formatTime(plan.from, timeZone)}`
        : "whole day";
  return `${day}, ${what}, asked ${formatTime(plan.createdAt, timeZone)}: ${stateWord(plan).word}`;
}
