import { useMutation } from "@tanstack/react-query";
import { nowMs } from "@/components/lib/clock";
import { useTRPC } from "@/components/lib/trpc";
import { MODE_DONE } from "@/components/trips/trip-words";
import { useRereadTrips } from "@/components/trips/use-reread-trips";
import type { AssignmentMode, TripStatus } from "@/server/domain/trips/vocabulary";
import { setRowNote } from "./row-notes";

/** The trip an action is for, as the dispatcher saw it. */
export type Asked = { id: string; version: number };
export type UnitToSend = { shiftId: string; callSign: string };
export type Send = { mode: AssignmentMode; overrideReason?: string };

/** Shows "sending" while the server decides, then what it said; a refusal is the caller's to show. */
async function noted<T>(
  tripId: string,
  words: { asking: string; done: string | null; recallable?: boolean },
  ask: () => Promise<T>,
) {
  setRowNote(tripId, { phase: "sending", words: words.asking });
  try {
    const answer = await ask();
    setRowNote(
      tripId,
      words.done === null
        ? null
        : { phase: "done", words: words.done, at: new Date(nowMs()), recallable: words.recallable ?? false },
    );
    return answer;
  } catch (error) {
    setRowNote(tripId, null);
    throw error;
  }
}

const ids = (trip: Asked) => ({ tripId: trip.id, version: trip.version });
const overriding = (reason: string | undefined) => (reason ? { override: { reason } } : {});
const because = (reason: string | undefined) => (reason ? { reason } : {});

/** The calls behind the actions; each makes what shows the trip be read again. */
function useTripCalls() {
  const trpc = useTRPC();
  const after = useRereadTrips();
  return {
    assign: useMutation(trpc.trips.assign.mutationOptions(after)).mutateAsync,
    recall: useMutation(trpc.trips.recall.mutationOptions(after)).mutateAsync,
    unassign: useMutation(trpc.trips.unassign.mutationOptions(after)).mutateAsync,
    cancel: useMutation(trpc.trips.cancel.mutationOptions(after)).mutateAsync,
    report: useMutation(trpc.trips.reportStatus.mutationOptions(after)).mutateAsync,
    ready: useMutation(trpc.trips.markReady.mutationOptions(after)).mutateAsync,
    swap: useMutation(trpc.trips.swapUnit.mutationOptions(after)).mutateAsync,
    noShow: useMutation(trpc.trips.recordNoShow.mutationOptions(after)).mutateAsync,
  };
}

type NoShow = { callAttempts: number; at?: Date | null };

/** What a dispatcher does to a trip from its row. None of it is optimistic: each promise answers when the server has. */
export function useTripActions() {
  const calls = useTripCalls();
  return {
    send: (trip: Asked, unit: UnitToSend, { mode, overrideReason }: Send) => {
      const asking = `${mode === "reserve" ? "reserving" : "sending"} ${unit.callSign}`;
      const words = { asking, done: `${unit.callSign} ${MODE_DONE[mode]}`, recallable: mode === "dispatch" };
      return noted(trip.id, words, () =>
        calls.assign({ ...ids(trip), shiftId: unit.shiftId, mode, ...overriding(overrideReason) }),
      );
    },
    swap: (trip: Asked, unit: UnitToSend, reason: string, overrideReason?: string) => {
      const words = { asking: `sending ${unit.callSign}`, done: `${unit.callSign} told`, recallable: true };
      return noted(trip.id, words, () =>
        calls.swap({ ...ids(trip), shiftId: unit.shiftId, reason, ...overriding(overrideReason) }),
      );
    },
    recall: (trip: Asked, reason?: string) =>
      noted(trip.id, { asking: "recalling", done: "recalled" }, () =>
        calls.recall({ ...ids(trip), ...because(reason) }),
      ),
    unassign: (trip: Asked, reason?: string) =>
      noted(trip.id, { asking: "taking the unit off", done: "unit taken off" }, () =>
        calls.unassign({ ...ids(trip), ...because(reason) }),
      ),
    cancel: (trip: Asked, reason: string, callAttempts?: number) =>
      noted(trip.id, { asking: "cancelling", done: "cancelled" }, () =>
        calls.cancel({ ...ids(trip), reason, ...(callAttempts !== undefined && { callAttempts }) }),
      ),
    noShow: (trip: Asked, { callAttempts, at }: NoShow) =>
      noted(trip.id, { asking: "closing", done: "no-show" }, () =>
        calls.noShow({ ...ids(trip), callAttempts, ...(at && { at }) }),
      ),
    report: (trip: Asked, status: TripStatus, at: Date | null) =>
      noted(trip.id, { asking: "reporting", done: null }, () =>
        calls.report({ ...ids(trip), status, ...(at && { at }) }),
      ),
    ready: (trip: Asked) =>
      noted(trip.id, { asking: "marking ready", done: "rider ready" }, () => calls.ready(ids(trip))),
  };
}
export type TripActions = ReturnType<typeof useTripActions>;
