"use client";

import { useFleetEvents } from "./use-fleet-events";

/** Draws nothing: keeps the lists of the fleet's pages in step with what others do. */
export function FleetFeed() {
  useFleetEvents();
  return null;
}
