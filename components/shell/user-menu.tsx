"use client";

import { Building2, Keyboard, Lock, LogOut, Monitor, Moon, Rows3, Rows4, Sun } from "lucide-react";
import { applyDensity, applyTheme, type Density, type Theme } from "@/components/lib/preferences";
import { useDensity, useThemePreference } from "@/components/lib/use-theme";
import { useViewer } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";
import { useAgencySwitch } from "./use-agency-switch";

export const THEME_OPTIONS: readonly { value: Theme; label: string; icon: typeof Sun }[] = [
  { value: "system", label: "System", icon: Monitor },
  { value: "light", label: "Day", icon: Sun },
  { value: "dark", label: "Night", icon: Moon },
];
export const DENSITY_OPTIONS: readonly { value: Density; label: string; icon: typeof Rows3 }[] = [
  { value: "comfortable", label: "Comfortable", icon: Rows3 },
  { value: "compact", label: "Compact", icon: Rows4 },
];

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join("");

type Props = { onLock?: () => void; onSignOut: () => void };

/** Who is signed in, how the console looks to them, and the ways out. */
export function UserMenu({ onLock, onSignOut }: Props) {
  const viewer = useViewer();
  return (
    <Popover
      label="Account"
      className="w-72 p-0"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${viewer.name}`}
          className="flex size-7 items-center justify-center rounded-full border border-line-strong bg-sunken font-semibold text-ink-2 text-label hover:text-ink"
        >
          {initials(viewer.name)}
        </button>
      }
    >
      {(close) => <Menu close={close} onLock={onLock} onSignOut={onSignOut} />}
    </Popover>
  );
}

function Menu({ close, onLock, onSignOut }: Props & { close: () => void }) {
  const viewer = useViewer();
  // Left open it would stay in front of the board that a locked console still shows.
  const lock = () => {
    close();
    onLock?.();
  };
  return (
    <>
      <div className="border-line border-b px-3 py-2">
        <p className="truncate font-semibold">{viewer.name}</p>
        <p className="truncate text-ink-2 text-table">
          {viewer.agency.name} · {viewer.roles.join(", ")}
        </p>
      </div>
      <Look />
      <div className="flex flex-col p-1">
        <OtherAgencies />
        {onLock && (
          <Button variant="ghost" className="justify-start" onClick={lock}>
            <Lock size={14} aria-hidden="true" /> Lock this console
          </Button>
        )}
        <Button variant="ghost" className="justify-start" onClick={onSignOut}>
          <LogOut size={14} aria-hidden="true" /> Sign out
        </Button>
      </div>
      <p className="flex items-center gap-1.5 border-line border-t px-3 py-2 text-ink-3 text-label">
        <Keyboard size={12} aria-hidden="true" /> Press ? for the keys
      </p>
    </>
  );
}

/** How the console looks to this person. */
function Look() {
  const theme = useThemePreference();
  const density = useDensity();
  return (
    <div className="flex flex-col gap-2 border-line border-b p-3">
      <Segmented aria-label="Theme" value={theme} onValueChange={applyTheme} options={THEME_OPTIONS} className="flex" />
      <Segmented
        aria-label="Density"
        value={density}
        onValueChange={applyDensity}
        options={DENSITY_OPTIONS}
        className="flex"
      />
    </div>
  );
}

/** For people who belong to several agencies; nothing for the others. */
const OtherAgencies = () =>
  useAgencySwitch().map(({ agencyId, agencyName, enter }) => (
    <Button key={agencyId} variant="ghost" className="justify-start" onClick={enter}>
      <Building2 size={14} aria-hidden="true" /> <span className="truncate">Switch to {agencyName}</span>
    </Button>
  ));
