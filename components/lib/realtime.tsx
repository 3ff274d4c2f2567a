"use client";

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
import { useLoaded } from "./later";
import { loadedOnce } from "./loaded-once";
import type { ConnectionState, Handlers, RealtimeConnection } from "./realtime-connection";

export type { ConnectionState } from "./realtime-connection";

/** What the console is told about realtime (`trpc.realtime.settings`); no server means the page's own address. */
export type RealtimeSettings = {
  agencyId: string;
  key: string;
  res: number;
  cells: "all" | "h3";
  server: { host: string; port: number; tls: boolean } | null;
};
type Library = typeof import("./realtime-library");
type Realtime = { connection: RealtimeConnection; settings: RealtimeSettings; read: Library["readAgencyEvent"] };

/** The page is shown without it: what the feed needs comes beside the first answers of the API. */
const library = loadedOnce(() => import("./realtime-library"));
/** How long to wait before it is fetched again, milliseconds. */
const RETRY_MS = 3000;

const RealtimeContext = createContext<Realtime | null>(null);

type ProviderProps = { settings: RealtimeSettings | undefined; children: ReactNode };

/** One connection for everything below. Without settings (not loaded yet) the feed shows as connecting. */
export function RealtimeProvider({ settings, children }: ProviderProps) {
  const fingerprint = JSON.stringify(settings ?? null);
  const loaded = useLibrary();
  const realtime = useMemo<Realtime | null>(() => {
    const known = JSON.parse(fingerprint) as RealtimeSettings | null;
    return (
      known && loaded && { connection: loaded.makeConnection(known), settings: known, read: loaded.readAgencyEvent }
    );
  }, [fingerprint, loaded]);
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

function useLibrary(): Library | null {
  const { part, failed } = useLoaded(library);
  useEffect(() => {
    const timer = setTimeout(() => void library.load(), failed ? RETRY_MS : 0);
    return () => clearTimeout(timer);
  }, [failed]);
  return part;
}

/** The connection and its settings; null until they are there. */
export const useRealtime = (): Realtime | null => useContext(RealtimeContext);

const neverChanges = () => () => undefined;

/** Whether what is on the screen is live. */
export function useConnectionState(): ConnectionState {
  const state = useRealtime()?.connection.state;
  const { failed } = useLoaded(library);
  const get = (): ConnectionState => state?.get() ?? (failed ? "unavailable" : "connecting");
  return useSyncExternalStore(state?.subscribe ?? neverChanges, get, () => "connecting");
}

/**
 * Listens to a channel while mounted; null listens to none.
 * @param handlers - by event name; what they get is not parsed
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
  const realtime = useRealtime();
  useChannel(
    realtime && agencyChannel(realtime.settings.agencyId),
    realtime ? agencyHandlers(handlers, realtime.read, onResync) : {},
    onResync,
  );
}
