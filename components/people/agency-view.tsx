"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadFailed } from "@/components/fleet/load-failed";
import { useTRPC } from "@/components/lib/trpc";
import { AgencyForm } from "./agency-form";
import { SettingsFrame, SettingsSection } from "./settings-frame";

/** The agency's name, clock, units and locks. */
export function AgencyView() {
  const trpc = useTRPC();
  const agency = useQuery(trpc.agency.get.queryOptions());
  return (
    <SettingsFrame current="Agency">
      <LoadFailed error={agency.error} onRetry={agency.refetch} what="The agency" />
      <div className="min-h-0 flex-1 overflow-y-auto bg-panel">
        <SettingsSection title="Agency" hint="What everybody in it sees, from their next page on.">
          {agency.data && <AgencyForm key={agency.data.version} agency={agency.data} />}
        </SettingsSection>
      </div>
    </SettingsFrame>
  );
}
