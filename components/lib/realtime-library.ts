import Pusher from "pusher-js";
import { type AgencyEvent, type AgencyEventName, AgencyEvents } from "@/server/realtime/channel-events";
import { authorizationOptions, ChannelAuthorizer } from "./channel-authorizer";
import type { RealtimeSettings } from "./realtime";
import { RealtimeConnection } from "./realtime-connection";

/** What only a live connection needs; the page is shown without waiting for it, see `realtime.tsx`. */
export const makeConnection = ({ key, server }: RealtimeSettings): RealtimeConnection =>
  new RealtimeConnection({
    authorizer: new ChannelAuthorizer(),
    makeClient: (authorizer) => makeClient(key, server ?? ownAddress(), authorizer),
  });

function ownAddress() {
  const { hostname, port, protocol } = window.location;
  const tls = protocol === "https:";
  return { host: hostname, port: Number(port) || (tls ? 443 : 80), tls };
}

/** A pusher-js client that talks to nobody but this server. */
const makeClient = (key: string, at: NonNullable<RealtimeSettings["server"]>, authorizer: ChannelAuthorizer): Pusher =>
  new Pusher(key, {
    cluster: "none",
    wsHost: at.host,
    wsPort: at.port,
    wssPort: at.port,
    forceTLS: at.tls,
    enabledTransports: at.tls ? ["wss"] : ["ws"],
    enableStats: false,
    unavailableTimeout: 5000,
    ...authorizationOptions(authorizer),
  });

/** @returns null for what is no such event */
export function readAgencyEvent<N extends AgencyEventName>(name: N, data: unknown): AgencyEvent<N> | null {
  const read = AgencyEvents[name].safeParse(data);
  return read.success ? (read.data as AgencyEvent<N>) : null;
}
