"use client";

import { type ComponentType, useEffect, useState, useSyncExternalStore } from "react";
import { type LoadedOnce, loadedOnce, whenIdle } from "./loaded-once";

const nothing = { part: null, failed: false } as const;

/** A part as far as it was fetched: null until it is there. Whoever wants it calls `load`. */
export const useLoaded = <T,>(once: LoadedOnce<T>): { part: T | null; failed: boolean } =>
  useSyncExternalStore<{ part: T | null; failed: boolean }>(once.subscribe, once.get, () => nothing);

type Fetch<Props> = () => Promise<ComponentType<Props>>;

/** `loadedOnce` for a component, fetched as soon as the page has nothing else to do. */
export function idlePart<Props extends object>(fetchPart: Fetch<Props>): LoadedOnce<ComponentType<Props>> {
  const once = loadedOnce(fetchPart);
  whenIdle(once.load);
  return once;
}

/**
 * A component that the page can be shown without: a dialog, a panel, a menu. It is fetched when the page is idle, so that
 * it opens at once when it is asked for, or when it is first drawn. Until it is there `Waiting` is drawn, or nothing.
 * @param fetchPart - `() => import("./vehicle-dialog").then((part) => part.VehicleDialog)`
 */
export const later = <Props extends object>(fetchPart: Fetch<Props>, Waiting?: ComponentType<Props>) =>
  drawn(idlePart(fetchPart), Waiting);

/** As `later`, for what is large and seldom asked for, as the map: it is fetched when it is first drawn and not before. */
export const onDemand = <Props extends object>(fetchPart: Fetch<Props>) => drawn(loadedOnce(fetchPart), undefined);

function drawn<Props extends object>(
  once: LoadedOnce<ComponentType<Props>>,
  Waiting: ComponentType<Props> | undefined,
): ComponentType<Props> {
  return function Later(props: Props) {
    const { part: Part, failed } = useLoaded(once);
    useEffect(() => void once.load(), []);
    if (Part) return <Part {...props} />;
    if (failed) return <NotLoaded onRetry={once.load} />;
    return Waiting ? <Waiting {...props} /> : null;
  };
}

/** Whether something was ever true: what opened once stays mounted, so that it can fade. */
export function useEver(isNow: boolean): boolean {
  const [ever, setEver] = useState(isNow);
  if (isNow && !ever) setEver(true);
  return ever || isNow;
}

/** What was asked for could not be fetched. What was typed elsewhere on the page stays. */
export function NotLoaded({ onRetry }: { onRetry: () => Promise<void> }) {
  useEffect(() => {
    const retry = () => void onRetry();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [onRetry]);
  return (
    <div
      role="alert"
      className="popup fixed bottom-3 left-1/2 z-50 flex w-88 max-w-[calc(100vw-24px)] -translate-x-1/2 items-center gap-2 border-danger border-l-2 py-2 pr-2 pl-3"
    >
      <p className="flex-1">
        A part of this page could not be fetched. Where the server was renewed meanwhile, load the page again.
      </p>
      <button type="button" className="rounded-md px-2 py-1 font-medium text-accent" onClick={() => void onRetry()}>
        Try again
      </button>
    </div>
  );
}
