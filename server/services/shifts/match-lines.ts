import "server-only";
import { usersByEmails } from "@/db/queries/people";
import { crewHolds, vehicleHolds } from "@/db/queries/shifts";
import { type VehicleRow, vehiclesByNo } from "@/db/queries/vehicles";
import type { Tx } from "@/db/types";
import type { ReadRow, RowReason } from "@/server/domain/csv/read-table";
import { clashReasons } from "@/server/domain/csv/shift-clashes";
import type { ShiftLine } from "@/server/domain/csv/shift-line";
import { clockOf, readShiftTimes } from "@/server/domain/csv/shift-times";
import { breakReasons, type NewBreak, saidBreak } from "@/server/domain/shifts/breaks";
import { type Period, periodReasons } from "@/server/domain/shifts/planning";

/** A line of a file with everything it names found. */
export type LineToPlan = { vehicle: VehicleRow; callSign: string; crew: string[]; period: Period; breaks: NewBreak[] };
type Known = { vehicles: ReadonlyMap<string, VehicleRow>; people: ReadonlyMap<string, string>; timeZone: string };
type Rows = readonly ReadRow<ShiftLine>[];

/** Finds what the lines of a file name, and says of each what is unknown, impossible, or planned already. */
export async function matchLines(
  tx: Tx,
  { agencyId, timeZone }: { agencyId: string; timeZone: string },
  rows: Rows,
): Promise<{ lines: LineToPlan[]; reasons: RowReason[] }> {
  const found = await vehiclesByNo(tx, agencyId, [...new Set(rows.map(({ value }) => value.vehicle))]);
  const crew = await usersByEmails(tx, agencyId, [...new Set(rows.flatMap(({ value }) => value.crew ?? []))]);
  const known: Known = {
    timeZone,
    vehicles: new Map(found.map((vehicle) => [vehicle.vehicleNo, vehicle])),
    people: new Map(crew.filter((user) => user.deactivatedAt === null).map(({ email, id }) => [email, id])),
  };
  const matched = rows.map((row) => matchLine(row, known));
  const lines = matched.flatMap(({ row, line, said }) => (line ? [{ row, line, said }] : []));
  const reasons = matched.flatMap((one) => one.reasons);
  const holds = lines.flatMap(({ row, line: { vehicle, crew: people, period }, said }) => [
    { row, column: "vehicle" as const, subjectId: vehicle.id, said: vehicle.vehicleNo, ...period },
    ...people.map((subjectId, i) => ({ row, column: "crew" as const, subjectId, said: said[i] ?? "", ...period })),
  ]);
  const when = ({ startsAt, endsAt }: Period) => {
    const { day, time } = clockOf(startsAt, timeZone);
    return `${day} ${time} to ${clockOf(endsAt, timeZone).time}`;
  };
  const stored = await storedHolds(
    tx,
    agencyId,
    lines.map(({ line }) => line),
  );
  return { lines: lines.map(({ line }) => line), reasons: [...reasons, ...clashReasons(holds, stored, when)] };
}

async function storedHolds(tx: Tx, agencyId: string, lines: readonly LineToPlan[]) {
  if (lines.length === 0) return [];
  const from = new Date(Math.min(...lines.map(({ period }) => +period.startsAt)));
  const to = new Date(Math.max(...lines.map(({ period }) => +period.endsAt)));
  const vehicleIds = [...new Set(lines.map(({ vehicle }) => vehicle.id))];
  const userIds = [...new Set(lines.flatMap(({ crew }) => crew))];
  return [
    ...(await vehicleHolds(tx, agencyId, vehicleIds, { from, to })),
    ...(await crewHolds(tx, agencyId, userIds, { from, to })),
  ];
}

type Matched = { row: number; line: LineToPlan | null; said: string[]; reasons: RowReason[] };

function matchLine({ row, value }: ReadRow<ShiftLine>, { vehicles, people, timeZone }: Known): Matched {
  const said = value.crew ?? [];
  const vehicle = vehicles.get(value.vehicle);
  const strangers = said.filter((email) => !people.has(email));
  const times = readShiftTimes(value, timeZone);
  const reasons: RowReason[] = strangers.map((email) => ({
    row,
    column: "crew",
    code: "unknown",
    message: `there is nobody with the e-mail ${email}`,
  }));
  if (!vehicle) reasons.unshift({ row, column: "vehicle", code: "unknown", message: "there is no such vehicle" });
  if (!times.ok) reasons.push({ row, column: times.column, code: "invalid", message: times.message });
  else reasons.push(...periodReasons(times.period).map(({ code, message }) => ({ row, column: "to", code, message })));
  const breaks = times.ok ? (value.breaks ?? []).map((one) => saidBreak(one, times.period.startsAt, timeZone)) : [];
  if (times.ok)
    reasons.push(
      ...breakReasons(breaks, times.period).map(({ code, message }) => ({ row, column: "breaks", code, message })),
    );
  if (!vehicle || !times.ok || reasons.length > 0) return { row, line: null, said, reasons };
  const crew = said.flatMap((email) => people.get(email) ?? []);
  const callSign = value.callSign ?? vehicle.callSign;
  return { row, line: { vehicle, callSign, crew, period: times.period, breaks }, said, reasons };
}
