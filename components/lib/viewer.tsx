"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { DistanceUnit } from "./format";

/** Who looks at the screen, and the agency whose clock and units it shows. */
export type Viewer = {
  userId: string;
  name: string;
  email: string;
  roles: readonly string[];
  agency: { id: string; name: string; timeZone: string; distanceUnit: DistanceUnit };
  /** Another map style than our own (`MAP_STYLE_URL`), for installations that asked for it. */
  mapStyleUrl?: string | undefined;
};

const ViewerContext = createContext<Viewer | null>(null);

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** @throws Error outside the console's layout, which provides the viewer */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer needs a ViewerProvider above it");
  return viewer;
}

export const useAgency = (): Viewer["agency"] => useViewer().agency;
