import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMay } from "@/components/fleet/use-may";
import { useNow } from "@/components/lib/clock";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { shiftColumns } from "./shift-columns";
import { phaseOf } from "./shift-state";

const REFRESH_MS = 30_000;

/** The shifts of a day with everything its list shows. */
export function useDayPlan(day: string) {
  const trpc = useTRPC();
  const { timeZone } = useAgency();
  const nowMs = useNow(60_000) ?? 0;
  const plan = useQuery(
    trpc.shifts.day.queryOptions({ day }, { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData }),
  );
  const fleet = useQuery(trpc.fleet.vehicles.list.queryOptions());
  const mayPlan = useMay("shifts.write");
  const staff = useQuery(trpc.shifts.people.queryOptions(undefined, { enabled: mayPlan }));
  const columns = useMemo(() => {
    const numbers = new Map((fleet.data ?? []).map(({ id, vehicleNo }) => [id, vehicleNo]));
    const names = new Map((plan.data?.people ?? []).map(({ id, name }) => [id, name]));
    const callSigns = new Map((plan.data?.shifts ?? []).map(({ id, callSign }) => [id, callSign]));
    const onTrip = new Set(
      (fleet.data ?? []).flatMap(({ shift, availability }) => (shift && availability === "ON_TRIP" ? [shift.id] : [])),
    );
    const nameOf = (id: string) => names.get(id) ?? "";
    const emails = new Map((staff.data ?? []).map(({ id, email }) => [id, email]));
    const vehicleNo = (id: string) => numbers.get(id) ?? "";
    const clashes = new Map(
      (plan.data?.overlaps ?? []).map(({ shiftId, otherShiftId, kind, subjectId }) => [
        otherShiftId,
        `${kind === "vehicle" ? vehicleNo(subjectId) : nameOf(subjectId)} is still on ${callSigns.get(shiftId) ?? ""}`,
      ]),
    );
    return shiftColumns({
      timeZone,
      nowMs,
      from: plan.data ? Date.parse(plan.data.from) : 0,
      to: plan.data ? Date.parse(plan.data.to) : 1,
      vehicleNo,
      nameOf,
      emailOf: (id) => emails.get(id) ?? nameOf(id),
      isOnTrip: (id) => onTrip.has(id),
      clashOf: (id) => clashes.get(id),
    });
  }, [plan.data, fleet.data, staff.data, timeZone, nowMs]);
  const counts = useMemo(() => {
    const phases = (plan.data?.shifts ?? []).map((shift) => phaseOf(shift, nowMs));
    const count = (...wanted: string[]) => phases.filter((phase) => wanted.includes(phase)).length;
    return {
      on: count("on", "over"),
      late: count("late"),
      planned: count("planned"),
      clashes: plan.data?.overlaps.length ?? 0,
    };
  }, [plan.data, nowMs]);
  return { plan, columns, counts };
}
