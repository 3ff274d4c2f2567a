/**
 * Gives the focus back to the row whose panel closes. Only if it is still in that panel: an answer that comes late must
 * not take the focus away from where the person has gone on to work.
 */
export function returnFocus(rowId: string, within: ParentNode = document): void {
  const active = document.activeElement;
  if (active && active !== document.body && !active.closest("[data-expanded]")) return;
  within.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(rowId)}"]`)?.focus({ preventScroll: true });
}
