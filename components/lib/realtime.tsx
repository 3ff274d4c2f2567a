"use client";

import Pusher from "pusher-js";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useSyncExternalStore,
} from "react";
import { agencyChannel } from "@/server/realtime/channels";
import { type AgencyHandlers, agencyHandlers } from "./agency-handlers";
import { authorizationOptions, ChannelAuthorizer } from "./channel-authorizer";
import { type ConnectionState, type Handlers, RealtimeConnection } from "./realtime-connection";

export type { ConnectionState } from "./realtime-connection";

/** What the console is told about realtime (`trpc.realtime.settings`); no server means the page's own address. */
export type RealtimeSettings = {
  agencyId: string;
  key: string;
  res: number;
  cells: "all" | "h3";
  server: { host: string; port: number; tls: boolean } | null;
};
type Realtime = { connection: RealtimeConnection; settings: RealtimeSettings };

const RealtimeContext = createContext<Realtime | null>(null);

type ProviderProps = { settings: RealtimeSettings | undefined; children: ReactNode };

/** One connection for everything below. Without settings (not loaded yet) the feed shows as connecting. */
export function RealtimeProvider({ settings, children }: ProviderProps) {
  const fingerprint = JSON.stringify(settings ?? null);
  const realtime = useMemo<Realtime | null>(() => {
    const known = JSON.parse(fingerprint) as RealtimeSettings | null;
    return known && { connection: makeConnection(known), settings: known };
  }, [fingerprint]);
  useEffect(() => {
    if (!realtime) return;
    const { connection } = realtime;
    const leave = () => connection.stop();
    const enter = (event: PageTransitionEvent) => event.persisted && connection.start();
    connection.start();
    // A page that is left gives its place among the person's connections back at once.
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", enter);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", enter);
      connection.stop();
    };
  }, [realtime]);
  return <RealtimeContext value={realtime}>{children}</RealtimeContext>;
}

/** The connection and its settings; null until they are there. */
export const useRealtime = (): Realtime | null => useContext(RealtimeContext);

const neverChanges = () => () => undefined;

/** Whether what is on the screen is live. */
export function useConnectionState(): ConnectionState {
  const state = useRealtime()?.connection.state;
  const get = (): ConnectionState => state?.get() ?? "connecting";
  return useSyncExternalStore(state?.subscribe ?? neverChanges, get, () => "connecting");
}

/**
 * Listens to a channel while mounted; null listens to none.
 * @param handlers - by event name, see `parsed`
 * @param onResync - refetches: called at each (re)subscription, so that no gap survives
 */
export function useChannel(channelName: string | null, handlers: Handlers, onResync: () => void) {
  const connection = useRealtime()?.connection;
  const names = Object.keys(handlers).sort().join(" ");
  const handle = useEffectEvent((event: string, data: unknown) => handlers[event]?.(data));
  const resync = useEffectEvent(onResync);
  useEffect(() => {
    if (!connection || channelName === null) return;
    const forwards = names.split(" ").map((event) => [event, (data: unknown) => handle(event, data)] as const);
    return connection.subscribe(channelName, Object.fromEntries(forwards), () => resync());
  }, [connection, channelName, names]);
}

/** Listens to what changes in the viewer's agency: trips, units, exceptions, plans, incidents. Ids and versions only: refetch. */
export function useAgencyEvents(handlers: AgencyHandlers, onResync: () => void) {
  const agencyId = useRealtime()?.settings.agencyId;
  useChannel(agencyId === undefined ? null : agencyChannel(agencyId), agencyHandlers(handlers, onResync), onResync);
}

const makeConnection = ({ key, server }: RealtimeSettings) =>
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
