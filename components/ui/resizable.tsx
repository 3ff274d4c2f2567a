"use client";

import { type ReactNode, useLayoutEffect } from "react";
import { Group, type Layout, Panel, Separator, useGroupRef } from "react-resizable-panels";
import { cn } from "@/components/lib/cn";

const key = (id: string) => `runboard.panels.${id}`;

function remembered(id: string): Layout | undefined {
  const stored = localStorage.getItem(key(id));
  if (!stored) return undefined;
  try {
    const layout: unknown = JSON.parse(stored);
    const entries = typeof layout === "object" && layout !== null ? Object.entries(layout) : [];
    return entries.length > 0 && entries.every(([, size]) => typeof size === "number")
      ? Object.fromEntries(entries)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Props = { id: string; orientation?: "horizontal" | "vertical"; children: ReactNode; className?: string };

/** Panels side by side whose sizes are kept per browser under `id`. Its children are ResizablePanel and ResizeHandle. */
export function ResizablePanels({ id, orientation = "horizontal", children, className }: Props) {
  const group = useGroupRef();
  // The server cannot know the sizes, and another layout after mounting must not mount the panels again.
  useLayoutEffect(() => {
    const layout = remembered(id);
    const current = group.current?.getLayout() ?? {};
    const samePanels = layout && Object.keys(layout).toSorted().join() === Object.keys(current).toSorted().join();
    if (samePanels) group.current?.setLayout(layout);
  }, [id, group]);
  return (
    <Group
      groupRef={group}
      id={id}
      orientation={orientation}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction) localStorage.setItem(key(id), JSON.stringify(layout));
      }}
      className={cn("min-h-0 min-w-0 flex-1", className)}
    >
      {children}
    </Group>
  );
}

export const ResizablePanel = Panel;

/** The line between two panels: drag it, or focus it and use the arrow keys. */
export function ResizeHandle({ label = "Resize" }: { label?: string }) {
  return (
    <Separator
      aria-label={label}
      className="w-px bg-line outline-none transition-colors hover:bg-accent focus-visible:bg-focus focus-visible:outline-2 focus-visible:outline-focus data-[separator=active]:bg-accent aria-[orientation=horizontal]:h-px aria-[orientation=horizontal]:w-auto"
    />
  );
}
