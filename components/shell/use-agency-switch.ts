"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { toastError } from "@/components/ui/toast";

export type OtherAgency = { agencyId: string; agencyName: string; enter: () => void };

async function switchTo(agencyId: string): Promise<void> {
  const response = await fetch("/api/auth/switch", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ agencyId }),
  });
  if (!response.ok) throw new Error(`switching was answered ${response.status}`);
  // Everything of the agency before goes: caches, feeds, drafts in memory.
  location.assign("/");
}

/** The viewer's other agencies, and how to go on in one of them. */
export function useAgencySwitch(): OtherAgency[] {
  const trpc = useTRPC();
  const places = useQuery(trpc.session.places.queryOptions(undefined, { staleTime: 5 * 60_000 }));
  return (places.data ?? [])
    .filter(({ current }) => !current)
    .map(({ agencyId, agencyName }) => ({
      agencyId,
      agencyName,
      enter: () => {
        switchTo(agencyId).catch(() => toastError("The agency was not switched", "You are where you were. Try again."));
      },
    }));
}
