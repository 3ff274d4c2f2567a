"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type Tab = { value: string; label: ReactNode; count?: number | undefined; content: ReactNode };

type Props = {
  tabs: readonly Tab[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  className?: string;
};

/** Views of one thing. Arrow keys move between them. */
export function Tabs({ tabs, value, defaultValue, onValueChange, className }: Props) {
  return (
    <Base.Root
      value={value}
      defaultValue={defaultValue ?? tabs[0]?.value}
      onValueChange={(next) => onValueChange?.(String(next))}
      className={cn("flex min-h-0 flex-col", className)}
    >
      <Base.List className="relative flex shrink-0 gap-1 overflow-x-auto border-line border-b px-2">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="focus-inset flex h-9 items-center gap-1.5 whitespace-nowrap px-2 text-ink-2 hover:text-ink data-active:font-medium data-active:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && <span className="text-ink-3 text-label">{tab.count}</span>}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-accent transition-all duration-100" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="focus-inset min-h-0 flex-1 overflow-auto">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
