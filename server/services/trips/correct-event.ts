import "server-only";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { AssignmentRow } from "@/db/queries/assignments";
import { assignmentOfEvent, pressOf } from "@/db/queries/trip-events";
import { actorId, type Ctx } from "@/server/context";
import { correctable, correctorReasons } from "@/server/domain/trips/correction";
import type { Correct } from "@/server/domain/trips/inputs";
import { isSupport } from "@/server/domain/trips/support";
import type { TripView } from "@/server/domain/trips/trip-view";
import { AppError, ruleBroken } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { correctSupport } from "./correct-support";
import { correctTransport } from "./correct-transport";
import { shownAfter, sourceOf, type TripAtWork, takeTrip } from "./trip-work";
import { ownAssignments } from "./unit-of-trip";

type Input = z.infer<typeof Correct.input>;

/**
 * Takes a wrong press back, or gives it its right time: a crew its own within 2 minutes, a dispatcher with a reason.
 * The old value stays in the events. A supporting unit's press is of its own clocks only.
 * @throws AppError rule_broken, forbidden for a trip of somebody else
 */
export const correctEvent = (ctx: Ctx, input: Input): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    const held = await correctedFor(tx, ctx, work, input);
    const { press, event } = await pressToCorrect(tx, ctx, input, held);
    const role = sourceOf(ctx) === "crew" ? ("crew" as const) : ("dispatcher" as const);
    const pressedByCaller = press.actorId !== null && press.actorId === actorId(ctx.actor);
    const reason = input.reason ?? null;
    const who = correctorReasons({ role, pressedByCaller, recordedAt: press.recordedAt }, reason, ctx.now);
    if (who.length > 0) throw new AppError("rule_broken", "this can't be corrected", who);
    const corrected = { held, press, correction: { event, at: input.at ?? null, reason } };
    if (isSupport(held)) await correctSupport(tx, uow, ctx, work.trip, corrected);
    else await correctTransport(tx, uow, ctx, work.trip, corrected);
    return shownAfter(tx, ctx, input.tripId);
  });

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const notRecorded = () => ruleBroken("event", "not_recorded", "this was not pressed, or is corrected already");

/**
 * Whose press it is: a crew's own; else that of the unit that is named, of the event that is named, or of the one that
 * has the trip.
 * @throws AppError forbidden when the crew has nothing to do with the trip, rule_broken when there is no such assignment
 */
async function correctedFor(tx: Tx, ctx: Ctx, work: TripAtWork, input: Input): Promise<AssignmentRow> {
  const { current, assignments } = work;
  if (sourceOf(ctx) === "crew") {
    const own = await ownAssignments(tx, ctx, assignments);
    const held = own.find(({ id }) => id === current?.id) ?? own.findLast((one) => one.current && isSupport(one));
    if (!held) throw new AppError("forbidden", "not a trip of your shift");
    return held;
  }
  if (input.assignmentId !== undefined) {
    const named = assignments.find(({ id }) => id === input.assignmentId);
    if (named && (isSupport(named) || named.id === current?.id)) return named;
    throw ruleBroken("assignmentId", "unknown", "this trip has no such assignment");
  }
  const { agencyId } = ctx.actor;
  const ofEvent = UUID.test(input.event) ? await assignmentOfEvent(tx, agencyId, input.tripId, input.event) : undefined;
  const held = assignments.find((one) => one.id === ofEvent && isSupport(one)) ?? current;
  if (!held) throw notRecorded();
  return held;
}

async function pressToCorrect(tx: Tx, { actor }: Ctx, { tripId, event }: Input, held: AssignmentRow) {
  const named = UUID.test(event) ? undefined : correctable(event);
  if (named === null) throw ruleBroken("event", "unknown", "no press of this name");
  const of = { tripId, assignmentId: held.id };
  const press = await pressOf(tx, actor.agencyId, of, named ? { status: named } : { id: event });
  const status = named ?? (press?.status ? correctable(press.status) : null);
  if (!press || !status) throw notRecorded();
  return { press, event: status };
}
