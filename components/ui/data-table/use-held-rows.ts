import { useMemo, useRef, useState } from "react";
import { type HeldRow, heldOrder } from "@/components/lib/row-order";

type Hold<Row> = { ids: readonly string[]; intent: string; lastSeen: ReadonlyMap<string, Row> };
const nothing: ReadonlyMap<string, never> = new Map<string, never>();

const holdOf = <Row>(rows: readonly HeldRow<Row>[], intent: string): Hold<Row> => ({
  ids: rows.map(({ id }) => id),
  intent,
  lastSeen: new Map(rows.map(({ id, row }) => [id, row])),
});

/**
 * Holds the order of rows while the pointer or the focus is inside, so that no row moves under either.
 * @param liveIds - the order sorting and filtering give now
 * @param known - every row, by id
 * @param intent - changes when the person sorts or filters: the order then follows at once
 */
export function useHeldRows<Row>(liveIds: readonly string[], known: ReadonlyMap<string, Row>, intent: string) {
  const [held, setHeld] = useState<Hold<Row> | null>(null);
  const inside = useRef({ pointer: false, focus: false });
  const live = useMemo(() => heldOrder(null, liveIds, known, nothing).rows, [liveIds, known]);

  // A sort or filter just asked for is what the person wants to see: take the new order, and hold that.
  if (held && held.intent !== intent) setHeld(holdOf(live, intent));

  const { rows, newIds } = useMemo(
    () => heldOrder(held?.ids ?? null, liveIds, known, held?.lastSeen ?? nothing),
    [held, liveIds, known],
  );
  const isInside = () => inside.current.pointer || inside.current.focus;
  const update = (change: Partial<{ pointer: boolean; focus: boolean }>) => {
    inside.current = { ...inside.current, ...change };
    if (!isInside()) setHeld(null);
    else setHeld((now) => now ?? holdOf(rows, intent));
  };
  const catchUp = () => setHeld(isInside() ? holdOf(live, intent) : null);
  return { rows, newCount: newIds.length, update, catchUp };
}
