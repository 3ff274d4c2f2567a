import type { Ctx } from "@/server/context";
import { agencyDay, atLocalTime, dayAt } from "@/server/domain/shifts/agency-day";
import { isOn } from "@/server/domain/shifts/cover";
import { overlaps } from "@/server/domain/shifts/planning";
import type { Shift } from "@/server/domain/shifts/shift";
import { createShift } from "@/server/services/shifts/create-shift";
import { listShifts } from "@/server/services/shifts/list-shifts";
import { signOnShift } from "@/server/services/shifts/sign-on-shift";
import { minutesFrom } from "./demo-ctx";
import type { Dice } from "./random";

const DAY_MIN = 24 * 60;
const DAYS_AHEAD = 3;
type Pairing = { callSign: string; vehicleId: string; crew: string[] };
export type Roster = { pairings: readonly Pairing[]; timeZone: string; dice: Dice };

/** Every shift that touches the demo's days. */
async function known(admin: Ctx): Promise<Shift[]> {
  const from = minutesFrom(admin.now, -DAY_MIN);
  const shifts: Shift[] = [];
  let cursor: string | undefined;
  do {
    const page = await listShifts(admin, { from, limit: 200, cursor });
    shifts.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return shifts;
}

const times = (shift: Shift) => ({
  startsAt: new Date(shift.startsAt),
  endsAt: new Date(shift.endsAt),
  signedOnAt: shift.signedOnAt === null ? null : new Date(shift.signedOnAt),
  signedOffAt: shift.signedOffAt === null ? null : new Date(shift.signedOffAt),
});

/**
 * A shift that runs now for every crew, signed on, and its plan for the days that follow.
 * @returns the units that are on
 */
export async function ensureShifts(admin: Ctx, { pairings, timeZone, dice }: Roster): Promise<Shift[]> {
  const shifts = await known(admin);
  const units: Shift[] = [];
  for (const pairing of pairings) {
    const own = shifts.filter(
      (shift) =>
        shift.signedOffAt === null &&
        (shift.vehicleId === pairing.vehicleId || shift.crew.some((userId) => pairing.crew.includes(userId))),
    );
    const running = own.find((shift) => isOn(times(shift))) ?? own.find((shift) => covers(shift, admin.now));
    const current = running ?? (await planAroundNow(admin, pairing, own, dice));
    units.push(current.signedOnAt === null ? await signOn(admin, current) : current);
    await planDaysAhead(admin, pairing, [...own, current], timeZone);
  }
  return units;
}

const covers = (shift: Shift, now: Date) => new Date(shift.startsAt) <= now && now < new Date(shift.endsAt);

/** Began some hours ago on a quarter of an hour, and ends before the next one that is planned. */
async function planAroundNow(admin: Ctx, pairing: Pairing, own: readonly Shift[], dice: Dice): Promise<Shift> {
  const quarter = new Date(Math.floor(admin.now.getTime() / 900_000) * 900_000);
  const startsAt = minutesFrom(quarter, -15 * dice.between(10, 22));
  const next = own
    .map((shift) => new Date(shift.startsAt))
    .filter((at) => at > admin.now)
    .sort((a, b) => +a - +b)[0];
  const wanted = minutesFrom(startsAt, 12 * 60);
  const endsAt = next && next < wanted ? next : wanted;
  return createShift({ ...admin, now: minutesFrom(startsAt, -DAY_MIN) }, { ...pairing, startsAt, endsAt });
}

/** Signed on at its start, or now when it began before somebody was there. */
function signOn(admin: Ctx, shift: Shift): Promise<Shift> {
  const startsAt = new Date(shift.startsAt);
  return signOnShift({ ...admin, now: startsAt < admin.now ? minutesFrom(startsAt, 2) : admin.now }, shift.id, {});
}

/** Day shifts from tomorrow on, 07:00 to 19:00 on the agency's clock, where crew and truck are free and rested. */
async function planDaysAhead(admin: Ctx, pairing: Pairing, own: readonly Shift[], timeZone: string): Promise<void> {
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead++) {
    const noon = minutesFrom(agencyDay(dayAt(admin.now, timeZone), timeZone).from, ahead * DAY_MIN + 12 * 60);
    const day = dayAt(noon, timeZone);
    const period = { startsAt: atLocalTime(day, "07:00", timeZone), endsAt: atLocalTime(day, "19:00", timeZone) };
    const rested = { startsAt: minutesFrom(period.startsAt, -8 * 60), endsAt: minutesFrom(period.endsAt, 8 * 60) };
    if (own.some((shift) => overlaps(rested, times(shift)))) continue;
    await createShift(admin, { ...pairing, ...period });
  }
}
