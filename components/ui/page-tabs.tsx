"use client";

import Link from "next/link";
import { cn } from "@/components/lib/cn";

type Props<Label extends string> = {
  /** What the pages are of: "Fleet". */
  label: string;
  pages: readonly { href: string; label: Label }[];
  current: Label;
};

/** Where not all pages fit, as on a phone, the current one does. */
const bringIntoSight = (link: HTMLAnchorElement | null) =>
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });

/** The pages of one area, the current one marked. */
export function PageTabs<Label extends string>({ label, pages, current }: Props<Label>) {
  return (
    <nav aria-label={label} className="flex min-w-0 gap-1 overflow-x-auto p-0.5">
      {pages.map((page) => (
        <Link
          key={page.href}
          ref={page.label === current ? bringIntoSight : undefined}
          href={page.href}
          aria-current={page.label === current ? "page" : undefined}
          className={cn(
            "flex h-7 shrink-0 items-center rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink",
            page.label === current && "bg-selected font-medium text-ink hover:bg-selected",
          )}
        >
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
