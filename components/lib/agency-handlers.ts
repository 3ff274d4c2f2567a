import type { AgencyEvent, AgencyEventName } from "@/server/realtime/channel-events";
import type { Handlers } from "./realtime-connection";

export type AgencyHandlers = { [N in AgencyEventName]?: (event: AgencyEvent<N>) => void };
/** @returns null for what is no such event */
export type ReadAgencyEvent = <N extends AgencyEventName>(name: N, data: unknown) => AgencyEvent<N> | null;

/**
 * What is done with the events of an agency's channel, for `RealtimeConnection.subscribe`.
 * @param read - handed in, since the schemas are fetched after the page
 * @param onResync - also called for an event that cannot be read: it counts as a missed one
 */
export function agencyHandlers(handlers: AgencyHandlers, read: ReadAgencyEvent, onResync: () => void): Handlers {
  const heard = <N extends AgencyEventName>(name: N): Handlers => {
    const run = handlers[name];
    if (!run) return {};
    return {
      [name]: (data) => {
        const event = read(name, data);
        if (event) run(event);
        else onResync();
      },
    };
  };
  return Object.assign({}, ...(Object.keys(handlers) as AgencyEventName[]).map(heard)) as Handlers;
}
