"use client";

import type { ReactNode } from "react";
import { later } from "@/components/lib/later";
import { useServerAway } from "./server-away";

/** Fetched with the first idle moment: when the server is away nothing can be fetched any more. */
const AwayView = later(() => import("./away-view").then((part) => part.AwayView));

/** Around a page: while the server is away the kept copy lies over it, and what is typed below stays as it was. */
export function AwayCover({ children }: { children: ReactNode }) {
  const isAway = useServerAway() !== null;
  return (
    <>
      <div inert={isAway} className="flex min-h-0 flex-1 flex-col">
        {children}
      </div>
      {isAway && (
        <div className="absolute inset-0 z-30 flex flex-col bg-canvas">
          <AwayView />
        </div>
      )}
    </>
  );
}
