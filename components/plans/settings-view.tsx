"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadFailed } from "@/components/fleet/load-failed";
import { useTRPC } from "@/components/lib/trpc";
import { SettingsFrame } from "@/components/people/settings-frame";
import { SettingsForm } from "./settings-form";

/** How the agency's days are planned. */
export function PlanningSettingsView() {
  const trpc = useTRPC();
  const stored = useQuery(trpc.plans.settings.queryOptions());
  return (
    <SettingsFrame current="Planning">
      <LoadFailed error={stored.error} onRetry={stored.refetch} what="The settings" />
      <div className="min-h-0 flex-1 overflow-y-auto bg-panel">
        {stored.data && <SettingsForm key={stored.data.version} stored={stored.data} />}
      </div>
    </SettingsFrame>
  );
}
