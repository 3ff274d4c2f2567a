"use client";

import { Building2, Lock, LogOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCommands } from "@/components/lib/commands";
import { applyDensity, applyTheme } from "@/components/lib/preferences";
import type { NavItem } from "./nav";
import { useAgencySwitch } from "./use-agency-switch";
import { DENSITY_OPTIONS, THEME_OPTIONS } from "./user-menu";

/** What the palette offers on every page. */
export function useShellCommands(items: readonly NavItem[], out: { onLock?: () => void; onSignOut: () => void }) {
  const router = useRouter();
  const { onLock, onSignOut } = out;
  const agencies = useAgencySwitch();
  useCommands([
    ...items.map(({ href, label, icon, words }) => ({
      id: `go ${href}`,
      group: "Go to",
      label,
      icon,
      words,
      run: () => router.push(href),
    })),
    ...THEME_OPTIONS.map(({ value, label, icon }) => ({
      id: `theme ${value}`,
      group: "Look",
      label: `${label} theme`,
      icon,
      words: ["dark", "light", "colour"],
      run: () => applyTheme(value),
    })),
    ...DENSITY_OPTIONS.map(({ value, label, icon }) => ({
      id: `density ${value}`,
      group: "Look",
      label: `${label} rows`,
      icon,
      run: () => applyDensity(value),
    })),
    ...agencies.map(({ agencyId, agencyName, enter }) => ({
      id: `agency ${agencyId}`,
      group: "Session",
      label: `Switch to ${agencyName}`,
      icon: Building2,
      run: enter,
    })),
    ...(onLock ? [{ id: "lock", group: "Session", label: "Lock this console", icon: Lock, run: onLock }] : []),
    { id: "sign-out", group: "Session", label: "Sign out", icon: LogOut, run: onSignOut },
  ]);
}
