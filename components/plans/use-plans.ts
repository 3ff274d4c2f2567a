import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useAgencyEvents } from "@/components/lib/realtime";
import { useTRPC } from "@/components/lib/trpc";
import { isInTheMaking } from "@/server/domain/plans/vocabulary";

/** Asked for again this often while a plan is made, in case a push is lost, in milliseconds. */
const WHILE_MADE_MS = 3_000;

/** The newest plans. */
export function usePlans() {
  const trpc = useTRPC();
  return useQuery(trpc.plans.list.queryOptions({ limit: 20 }));
}

/** One plan with all it does. */
export function usePlan(planId: string | null) {
  const trpc = useTRPC();
  return useQuery(
    trpc.plans.get.queryOptions(
      { planId: planId ?? "" },
      {
        enabled: planId !== null,
        refetchInterval: ({ state }) => (state.data && isInTheMaking(state.data.state) ? WHILE_MADE_MS : false),
      },
    ),
  );
}

/** Units and trips change all the time: what is stale of a plan is asked for at most this often, in milliseconds. */
const STALE_EVERY_MS = 5_000;

/** Keeps plans in step with their workers and with other dispatchers. Mounted once a page. */
export function usePlanFeed() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const reread = () => {
    timer.current = null;
    void client.invalidateQueries(trpc.plans.pathFilter());
  };
  const soon = () => {
    timer.current ??= setTimeout(reread, STALE_EVERY_MS);
  };
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  useAgencyEvents({ "plan.changed": reread, "unit.changed": soon, "trip.changed": soon }, reread);
}
