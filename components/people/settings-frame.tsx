"use client";

import type { ReactNode } from "react";
import { useMay } from "@/components/fleet/use-may";
import { cn } from "@/components/lib/cn";
import { PageHeader } from "@/components/ui/page-header";
import { PageTabs } from "@/components/ui/page-tabs";

const PAGES = [
  { href: "/settings", label: "Account" },
  { href: "/settings/sessions", label: "Sessions" },
  { href: "/settings/agency", label: "Agency" },
  { href: "/settings/planning", label: "Planning" },
  { href: "/settings/api-keys", label: "API keys" },
  { href: "/settings/audit", label: "Audit" },
  { href: "/settings/jobs", label: "Jobs" },
] as const;

type Props = { current: (typeof PAGES)[number]["label"]; actions?: ReactNode; children: ReactNode };

/** A page of the settings: which one this is, the others, and its content. */
export function SettingsFrame({ current, actions, children }: Props) {
  const isAdmin = useMay("agency.write");
  const pages = PAGES.filter(({ label }) => isAdmin || label === "Account");
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Settings" actions={actions}>
        <PageTabs label="Settings" pages={pages} current={current} />
      </PageHeader>
      {children}
    </div>
  );
}

type SectionProps = {
  title: string;
  hint?: ReactNode;
  /** For fields that stand side by side; else the content is as wide as one field. */
  wide?: boolean;
  children: ReactNode;
};

/** One matter of the settings. */
export function SettingsSection({ title, hint, wide = false, children }: SectionProps) {
  return (
    <section aria-label={title} className="border-line border-b px-4 py-4">
      <h2 className="font-semibold text-title">{title}</h2>
      {hint && <p className="max-w-140 text-ink-2 text-table">{hint}</p>}
      <div className={cn("mt-3", wide ? "max-w-240" : "max-w-100")}>{children}</div>
    </section>
  );
}
