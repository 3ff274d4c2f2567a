"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Tooltip } from "@/components/ui/tooltip";
import { isCurrent, type NavItem } from "./nav";

/** The spine of the console: where one can go. Labels show on hover and focus. */
export function Rail({ items, foot }: { items: readonly NavItem[]; foot?: ReactNode }) {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Console"
      className="flex w-rail shrink-0 flex-col items-center gap-1 border-line border-r bg-rail py-1"
    >
      <Logo />
      {items.map(({ href, label, icon: Icon }) => (
        <Tooltip key={href} label={label} side="right">
          <Link
            href={href}
            aria-label={label}
            aria-current={isCurrent(href, pathname) ? "page" : undefined}
            className="relative flex size-10 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-panel aria-[current=page]:text-accent aria-[current=page]:before:absolute aria-[current=page]:before:inset-y-2 aria-[current=page]:before:-left-1 aria-[current=page]:before:w-0.5 aria-[current=page]:before:bg-accent"
          >
            <Icon size={19} strokeWidth={1.75} aria-hidden="true" />
          </Link>
        </Tooltip>
      ))}
      <div className="flex-1" />
      {foot}
    </nav>
  );
}

/** Three runs on a board, one of them moving. */
function Logo() {
  return (
    <svg viewBox="0 0 24 24" width={24} height={24} aria-hidden="true" className="mt-1 mb-2 text-accent">
      <rect x="2" y="4" width="13" height="3" rx="1.5" fill="currentColor" opacity="0.45" />
      <rect x="6" y="10.5" width="14" height="3" rx="1.5" fill="currentColor" />
      <path d="M17.5 7.6 22.4 12l-4.9 4.4Z" fill="currentColor" />
      <rect x="2" y="17" width="9" height="3" rx="1.5" fill="currentColor" opacity="0.45" />
    </svg>
  );
}
