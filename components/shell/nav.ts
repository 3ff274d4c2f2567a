import {
  CalendarCog,
  ClipboardList,
  Layers,
  type LucideIcon,
  Map as MapIcon,
  Settings,
  Siren,
  Truck,
  Users,
} from "lucide-react";

export type NavItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  roles: readonly string[];
  words?: readonly string[];
  /** In the palette alone: a page below one of the rail's. */
  unrailed?: boolean;
};

/** The pages of the console, in the order of the rail; who is in none of the roles does not see the entry. */
export const NAV: readonly NavItem[] = [
  { href: "/board", label: "Board", icon: Siren, roles: ["admin", "dispatcher"], words: ["runs", "dispatch"] },
  { href: "/map", label: "Map", icon: MapIcon, roles: ["admin", "dispatcher"], words: ["fleet", "live"] },
  { href: "/plans", label: "Plans", icon: CalendarCog, roles: ["admin", "dispatcher"], words: ["plan", "optimise"] },
  {
    href: "/trips",
    label: "Trips",
    icon: ClipboardList,
    roles: ["admin", "dispatcher", "billing", "clinical"],
    words: ["history", "search"],
  },
  {
    href: "/trips/incidents",
    label: "Incidents",
    icon: Layers,
    roles: ["admin", "dispatcher"],
    words: ["mci", "events"],
    unrailed: true,
  },
  {
    href: "/fleet",
    label: "Fleet",
    icon: Truck,
    roles: ["admin", "dispatcher"],
    words: ["vehicles", "shifts", "crews", "devices", "gps", "pairing", "facilities", "bases", "places"],
  },
  { href: "/people", label: "People", icon: Users, roles: ["admin"], words: ["users", "roles"] },
  {
    href: "/settings",
    label: "Settings",
    icon: Settings,
    roles: ["admin", "dispatcher", "billing", "clinical"],
    words: ["account", "audit", "jobs"],
  },
];

export const navFor = (roles: readonly string[]): NavItem[] =>
  NAV.filter((item) => item.roles.some((role) => roles.includes(role)));

/** Is this entry the page, or a page below it? */
export const isCurrent = (href: string, pathname: string): boolean =>
  pathname === href || pathname.startsWith(`${href}/`);
