"use client";

import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { PageTabs } from "@/components/ui/page-tabs";

const PAGES = [
  { href: "/fleet/shifts", label: "Shifts" },
  { href: "/fleet/vehicles", label: "Vehicles" },
  { href: "/fleet/devices", label: "Devices" },
  { href: "/fleet/facilities", label: "Facilities" },
  { href: "/fleet/bases", label: "Bases" },
] as const;

type Props = { current: (typeof PAGES)[number]["label"]; children?: ReactNode; actions?: ReactNode };

/** The bar of the fleet's pages: which one this is, the others, and its buttons. */
export function FleetHeader({ current, children, actions }: Props) {
  return (
    <PageHeader title="Fleet" actions={actions}>
      <PageTabs label="Fleet" pages={PAGES} current={current} />
      {children}
    </PageHeader>
  );
}
