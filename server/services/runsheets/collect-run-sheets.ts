import "server-only";
import { agencyById } from "@/db/queries/agencies";
import { openTripsUntil } from "@/db/queries/run-sheets";
import type { Ctx } from "@/server/context";
import { groupBy } from "@/server/domain/group-by";
import type { RunEnd, RunLine, RunSheet, RunSheets } from "@/server/domain/runsheets/run-sheet";
import type { BoardUnit } from "@/server/domain/trips/board-view";
import { openOfBoard } from "@/server/services/trips/patient-fields";
import type { TripBundle } from "@/server/services/trips/present-trip";
import { bundlesOf } from "@/server/services/trips/show-trips";
import { read } from "@/server/services/unit-of-work";
import { boardUnits } from "@/server/services/units/board-units";

/**
 * What every unit of the caller's agency does next, and what no unit has yet, with names, phones and addresses in the
 * clear: for the run-sheet job, and for those who may see riders anyway.
 * @param aheadMs - how far ahead it looks, in milliseconds
 */
export const collectRunSheets = (ctx: Ctx, aheadMs: number): Promise<RunSheets> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const until = new Date(ctx.now.getTime() + aheadMs);
    const { name, timeZone } = await agencyById(tx, agencyId);
    const bundles = await bundlesOf(tx, ctx, await openTripsUntil(tx, agencyId, until));
    const units = await boardUnits(tx, ctx, until);
    const byShift = groupBy(bundles, (bundle) => shiftOf(bundle) ?? "");
    const withUnit = units.map((unit) => unitSheet(unit, byShift.get(unit.shiftId) ?? []));
    const known = new Set(units.map(({ shiftId }) => shiftId));
    // Also what hangs on a shift that has left the board: nobody else would drive it.
    const left = bundles.filter((bundle) => !known.has(shiftOf(bundle) ?? ""));
    const sheets = [...withUnit, { ...NO_UNIT, lines: left.map(lineOf) }];
    return { agencyId, agencyName: name, timeZone, madeAt: ctx.now, until, sheets };
  });

const NO_UNIT: RunSheet = {
  shiftId: null,
  callSign: null,
  vehicleNo: null,
  crew: [],
  startsAt: null,
  endsAt: null,
  lines: [],
};

const shiftOf = ({ trip, assignments }: TripBundle): string | undefined =>
  assignments.find(({ assignment }) => assignment.current && assignment.id === trip.currentAssignmentId)?.assignment
    .shiftId;

const unitSheet = (unit: BoardUnit, bundles: TripBundle[]): RunSheet => ({
  shiftId: unit.shiftId,
  callSign: unit.callSign,
  vehicleNo: unit.vehicleNo,
  crew: unit.crew.map(({ name }) => name),
  startsAt: unit.startsAt,
  endsAt: unit.endsAt,
  lines: bundles.map(lineOf),
});

function lineOf({ trip, facilities }: TripBundle): RunLine {
  const end = (facilityId: string | null, address: string | null, rest: Pick<RunEnd, "at" | "notes">): RunEnd => {
    const facility = facilities.get(facilityId ?? "");
    return { facility: facility?.name ?? null, address: address ?? facility?.address ?? null, ...rest };
  };
  const open = (field: Parameters<typeof openOfBoard>[0], sealed: string | null) => openOfBoard(field, trip.id, sealed);
  return {
    tripId: trip.id,
    number: trip.number,
    status: trip.status,
    priority: trip.priority,
    level: trip.level,
    needs: trip.needs,
    riderName: open("riderName", trip.riderNameEnc),
    riderPhone: open("riderPhone", trip.riderPhoneEnc),
    notes: open("notes", trip.notesEnc),
    pickup: end(trip.pickupFacilityId, open("pickupAddress", trip.pickupAddressEnc), {
      at: trip.pickupAt,
      notes: open("pickupNotes", trip.pickupNotesEnc),
    }),
    dropoff:
      trip.dropoffLocation === null
        ? null
        : end(trip.dropoffFacilityId, open("dropoffAddress", trip.dropoffAddressEnc), {
            at: trip.dropoffAt,
            notes: open("dropoffNotes", trip.dropoffNotesEnc),
          }),
    appointmentAt: trip.appointmentAt,
    requestedAt: trip.requestedAt,
  };
}
