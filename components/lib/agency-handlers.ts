import type { z } from "zod";
import { type AgencyEvent, type AgencyEventName, AgencyEvents } from "@/server/realtime/channels";
import type { Handlers } from "./realtime-connection";

/** A handler that gets parsed events only; one that does not parse is treated as a missed one. */
export const parsed =
  <S extends z.ZodType>(schema: S, run: (event: z.output<S>) => void, onUnreadable?: () => void) =>
  (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) run(result.data);
    else onUnreadable?.();
  };

export type AgencyHandlers = { [N in AgencyEventName]?: (event: AgencyEvent<N>) => void };

/** What is done with the events of an agency's channel, for `RealtimeConnection.subscribe`. */
export function agencyHandlers(handlers: AgencyHandlers, onResync: () => void): Handlers {
  const { "trip.changed": trip, "unit.changed": unit, "exception.changed": exception } = handlers;
  const { "plan.changed": plan, "incident.changed": incident } = handlers;
  return {
    ...(trip && { "trip.changed": parsed(AgencyEvents["trip.changed"], trip, onResync) }),
    ...(unit && { "unit.changed": parsed(AgencyEvents["unit.changed"], unit, onResync) }),
    ...(exception && { "exception.changed": parsed(AgencyEvents["exception.changed"], exception, onResync) }),
    ...(plan && { "plan.changed": parsed(AgencyEvents["plan.changed"], plan, onResync) }),
    ...(incident && { "incident.changed": parsed(AgencyEvents["incident.changed"], incident, onResync) }),
  };
}
