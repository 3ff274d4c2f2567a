"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { PageHeader } from "@/components/ui/page-header";

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
      <nav aria-label="Fleet" className="flex gap-1">
        {PAGES.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            aria-current={label === current ? "page" : undefined}
            className={cn(
              "flex h-7 items-center rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink",
              label === current && "bg-selected font-medium text-ink hover:bg-selected",
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </PageHeader>
  );
}
