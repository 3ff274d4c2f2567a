/** A row of a list whose order is held: `gone` means that it left the list since, and keeps its place until thawed. */
export type HeldRow<Row> = { id: string; row: Row; gone: boolean };

type Held<Row> = { rows: HeldRow<Row>[]; newIds: string[] };

/**
 * What a list shows while the pointer or the focus is in it: the rows it had, where they were, with what they say now.
 * A row that no longer exists, or no longer fits the filter, keeps its place; what came since waits in `newIds`.
 * @param heldIds - the order at the moment of freezing, or null to follow the live order
 * @param liveIds - what sorting and filtering would show now
 * @param known - every row that exists now
 * @param lastSeen - the rows as they were when last shown, for those that are gone
 */
export function heldOrder<Row>(
  heldIds: readonly string[] | null,
  liveIds: readonly string[],
  known: ReadonlyMap<string, Row>,
  lastSeen: ReadonlyMap<string, Row>,
): Held<Row> {
  const rows: HeldRow<Row>[] = [];
  for (const id of heldIds ?? liveIds) {
    const now = known.get(id);
    const row = now ?? lastSeen.get(id);
    if (row !== undefined) rows.push({ id, row, gone: now === undefined });
  }
  if (heldIds === null) return { rows, newIds: [] };
  const held = new Set(heldIds);
  return { rows, newIds: liveIds.filter((id) => !held.has(id)) };
}
