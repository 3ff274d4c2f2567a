import type { Ctx } from "@/server/context";
import type { Shift } from "@/server/domain/shifts/shift";
import { AppError } from "@/server/errors";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { bookTrip } from "@/server/services/trips/book-trip";
import { cancelTrip } from "@/server/services/trips/cancel-trip";
import { markReady } from "@/server/services/trips/mark-ready";
import { reportStatus } from "@/server/services/trips/report-status";
import { setUnitState } from "@/server/services/units/set-unit-state";
import { type Call, inventCall, PATTERNS, type Places } from "./demo-calls";
import { type Acting, minutesFrom } from "./demo-ctx";
import { type Press, pressesUntil, RUN } from "./demo-run";
import type { Dice } from "./random";

export type Day = { now: Date; acting: Acting; dispatcherId: string; places: Places; dice: Dice };
/** Something that happened, or was booked, at a time of the demo's day. */
export type Step = { at: Date; run: (ctx: Ctx) => Promise<unknown> };

const patternFor = (callSign: string, dice: Dice) => dice.pick(PATTERNS[callSign.charAt(0)] ?? []);

type Wanted = { call: Call; bookedAt: Date; pickupAt: Date | null; timing?: "will_call" };

const book = (ctx: Ctx, { call, pickupAt, timing }: Wanted) =>
  bookTrip(ctx, {
    kind: "transport",
    ...call,
    timing: timing ?? (pickupAt ? "fixed" : "asap"),
    unknownRider: call.riderName === null,
    pickup: { ...call.pickup, at: pickupAt },
    ...(pickupAt && call.priority === "scheduled" && { appointmentAt: minutesFrom(pickupAt, 60) }),
  });

/** Sends or holds a unit; where the rules object, a dispatcher says why; what can't be stays on the board. */
async function assign(ctx: Ctx, tripId: string, shiftId: string, mode: "dispatch" | "reserve"): Promise<boolean> {
  for (const override of [undefined, { reason: "Agreed by radio" }]) {
    try {
      await assignTrip(ctx, { tripId, shiftId, mode, override });
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return false;
}

/** A trip of one unit from the call to as far as it has come. Its steps share the trip's id. */
function ride(day: Day, unit: Shift, { sentAt, presses }: { sentAt: Date; presses: readonly Press[] }): Step[] {
  const call = inventCall(patternFor(unit.callSign, day.dice), day.places, day.dice);
  const scheduled = call.priority === "scheduled";
  const bookedAt = minutesFrom(sentAt, scheduled ? -day.dice.between(90, 900) : -day.dice.between(1, 4));
  const pickupAt = scheduled ? minutesFrom(sentAt, day.dice.between(14, 26)) : null;
  let tripId: string | null = null;
  const crewOf = unit.crew[0];
  const pressed = presses.map(
    ({ status, at }): Step => ({
      at,
      run: async ({ now }) => {
        if (tripId === null || crewOf === undefined) return;
        await reportStatus(day.acting(crewOf, ["crew"], now), { tripId, status });
      },
    }),
  );
  return [
    {
      at: bookedAt,
      run: async (ctx) => {
        tripId = (await book(ctx, { call, bookedAt, pickupAt })).id;
      },
    },
    {
      at: sentAt,
      run: async (ctx) => {
        if (tripId !== null && !(await assign(ctx, tripId, unit.id, "dispatch"))) tripId = null;
      },
    },
    ...pressed,
  ];
}

/** What a unit did since it signed on, and what it does now. */
function workOf(day: Day, unit: Shift, index: number): Step[] {
  const { dice, now } = day;
  const steps: Step[] = [];
  let at = minutesFrom(new Date(unit.signedOnAt ?? unit.startsAt), dice.between(8, 40));
  for (let done = 0; done < 2; done++) {
    const presses = pressesUntil(at, RUN.length, dice);
    const end = presses.at(-1)?.at ?? at;
    if (end >= minutesFrom(now, -30)) break;
    steps.push(...ride(day, unit, { sentAt: at, presses }));
    at = minutesFrom(end, dice.between(20, 70));
  }
  // Most units are on a call now, each at another point of it; of the rest some have their meal.
  const stage = (index * 3) % (RUN.length + 2);
  if (stage >= RUN.length) return stage === RUN.length ? [...steps, ...pause(day, unit)] : steps;
  const trial = pressesUntil(now, stage, dice);
  const lasted = (trial.at(-1)?.at ?? minutesFrom(now, 1)).getTime() - now.getTime();
  const sentAt = new Date(now.getTime() - lasted - dice.between(1, 5) * 60_000);
  const presses = trial.map((press) => ({
    ...press,
    at: new Date(press.at.getTime() - (now.getTime() - sentAt.getTime())),
  }));
  return [...steps, ...ride(day, unit, { sentAt, presses })];
}

const pause = ({ now, acting, dispatcherId }: Day, unit: Shift): Step[] => [
  {
    at: minutesFrom(now, -7),
    run: (ctx) =>
      setUnitState(acting(unit.crew[0] ?? dispatcherId, unit.crew[0] ? ["crew"] : ["dispatcher"], ctx.now), {
        shiftId: unit.id,
        state: "break",
        reason: "Meal",
        until: minutesFrom(now, 23),
      }),
  },
];

/** Calls that wait: held for a unit, for somebody to send one, for the rider to be ready; and some that came to nothing. */
function waiting(day: Day, units: readonly Shift[]): Step[] {
  const { dice, now, places } = day;
  const letters = Object.keys(PATTERNS);
  const callFor = (letter: string) => inventCall(dice.pick(PATTERNS[letter] ?? []), places, dice);
  const steps: Step[] = [];
  const add = (wanted: Wanted, then?: (ctx: Ctx, tripId: string) => Promise<unknown>) =>
    steps.push({
      at: wanted.bookedAt,
      run: async (ctx) => {
        const { id } = await book(ctx, wanted);
        await then?.({ ...ctx, now: minutesFrom(ctx.now, 3) }, id);
      },
    });
  const earlier = () => minutesFrom(now, -dice.between(100, 1200));
  const scheduled = (letter: string): Call => ({ ...callFor(letter), priority: "scheduled", lightsAndSiren: false });
  for (let i = 0; i < 14; i++) {
    const unit = dice.pick(units.filter(({ callSign }) => /^[WVSA]\d/.test(callSign)));
    const pickupAt = minutesFrom(now, 35 + i * 14 + dice.between(0, 9));
    const held = { call: scheduled(unit.callSign.charAt(0)), bookedAt: earlier(), pickupAt };
    add(held, (ctx, tripId) => assign(ctx, tripId, unit.id, "reserve"));
  }
  for (let i = 0; i < 16; i++) {
    const pickupAt = minutesFrom(now, 18 + i * 17 + dice.between(0, 12));
    add({ call: scheduled(dice.pick(letters)), bookedAt: earlier(), pickupAt });
  }
  for (let i = 0; i < 5; i++) {
    const bookedAt = minutesFrom(now, -dice.between(60, 280));
    const willCall: Wanted = { call: scheduled("W"), bookedAt, pickupAt: null, timing: "will_call" };
    add(
      willCall,
      i < 2 ? (ctx, tripId) => markReady({ ...ctx, now: minutesFrom(now, -4 - i * 9) }, { tripId }) : undefined,
    );
  }
  for (let i = 0; i < 3; i++) {
    const dropped = { call: scheduled("W"), bookedAt: earlier(), pickupAt: minutesFrom(now, -dice.between(40, 200)) };
    add(dropped, (ctx, tripId) => cancelTrip(ctx, { tripId, reason: "Rider is ill" }));
  }
  add({ call: callFor("M"), bookedAt: minutesFrom(now, -1), pickupAt: null });
  add({ call: { ...callFor("A"), priority: "urgent" }, bookedAt: minutesFrom(now, -6), pickupAt: null });
  for (let i = 0; i < 8; i++) {
    add({ call: scheduled(dice.pick(letters)), bookedAt: earlier(), pickupAt: minutesFrom(now, 22 * 60 + i * 25) });
  }
  return steps;
}

/**
 * Plays the demo's day up to now through the services, in the order in which it happened: every clock, event and audit
 * row is what the product itself writes.
 */
export async function playDay(day: Day, units: readonly Shift[]): Promise<number> {
  const steps = [...units.flatMap((unit, index) => workOf(day, unit, index)), ...waiting(day, units)]
    .filter(({ at }) => at <= day.now)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, run } of steps) await run(day.acting(day.dispatcherId, ["dispatcher"], at));
  return steps.length;
}
