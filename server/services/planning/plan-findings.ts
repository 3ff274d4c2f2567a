import type { StoredFindings } from "@/server/domain/plans/findings";
import type { Proposal } from "./proposal-rows";
import type { DayRows } from "./read-day";

/** Why a shift of the day is not among the units that are planned for. */
function unusableUnits({ units }: DayRows, { day, plan }: Proposal): StoredFindings["unusable"] {
  const planned = new Set(day.units.map(({ id }) => id));
  const left = units
    .filter(({ shift }) => !planned.has(shift.id))
    .map(({ shift, vehicle }) => {
      const gone = !vehicle.inService || vehicle.deactivatedAt !== null || shift.state === "out_of_service";
      const why = gone ? "out of service" : "nobody knows where it starts: it has no base and no position";
      return { shiftId: shift.id, callSign: shift.callSign, why };
    });
  const callSigns = new Map(units.map(({ shift }) => [shift.id, shift.callSign]));
  const faulty = plan.faults.map(({ unitId, detail }) => ({
    shiftId: unitId !== null && callSigns.has(unitId) ? unitId : null,
    callSign: unitId === null ? null : (callSigns.get(unitId) ?? null),
    why: detail,
  }));
  return [...left, ...faulty];
}

function missedBreaks({ units }: DayRows, { plan }: Proposal): StoredFindings["missedBreaks"] {
  return plan.missedBreaks.flatMap(({ unitId, breakId }) => {
    const shift = units.find((unit) => unit.shift.id === unitId)?.shift;
    const missed = shift?.breaks.find(({ id }) => id === breakId);
    if (!shift || !missed) return [];
    const { from, to, minutes } = missed;
    return [{ shiftId: shift.id, callSign: shift.callSign, from, to, minutes }];
  });
}

/** What a proposal says beside its trips, to be stored with it. */
export const findingsIn = (rows: DayRows, proposal: Proposal): StoredFindings => ({
  missedBreaks: missedBreaks(rows, proposal),
  unusable: unusableUnits(rows, proposal),
  reserve: proposal.plan.reserve.map(({ zoneId, name, wanted, free }) => ({ baseId: zoneId, name, wanted, free })),
});
