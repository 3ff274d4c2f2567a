"use client";

import type { ReactNode } from "react";
import { useMay } from "@/components/fleet/use-may";
import { PageHeader } from "@/components/ui/page-header";
import { PageTabs } from "@/components/ui/page-tabs";

const PAGES = [
  { href: "/trips", label: "All trips" },
  { href: "/trips/incidents", label: "Incidents" },
] as const;

/** The bar of the pages about trips; who may not see incidents has one page and no tabs. */
export function TripsHeader({ current, actions }: { current: (typeof PAGES)[number]["label"]; actions?: ReactNode }) {
  const mayIncident = useMay("incidents.read");
  return (
    <PageHeader title="Trips" actions={actions}>
      {mayIncident && <PageTabs label="Trips" pages={PAGES} current={current} />}
    </PageHeader>
  );
}
