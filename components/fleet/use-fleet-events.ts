import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { useAgencyEvents } from "@/components/lib/realtime";
import { useTRPC } from "@/components/lib/trpc";

/** A busy minute brings many hints; one fetch answers them all. */
const GATHER_MS = 400;

/** Reads vehicles and shifts anew when somebody else changes a unit, and when the feed is back after a gap. */
export function useFleetEvents() {
  const client = useQueryClient();
  const trpc = useTRPC();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const refresh = useEffectEvent(() => {
    timer.current = undefined;
    for (const area of [trpc.fleet, trpc.shifts]) void client.invalidateQueries(area.pathFilter());
  });
  const soon = () => {
    timer.current ??= setTimeout(() => refresh(), GATHER_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useAgencyEvents({ "unit.changed": soon }, soon);
}
