/** The best unit to send instead of one that does not answer. */
export type NextUnit = {
  shiftId: string;
  callSign: string;
  /** Seconds to the pickup; null = unknown. */
  etaS: number | null;
};
type Detail = Readonly<Record<string, string | number | boolean | null>>;

/** How an exception's detail holds its offer: ids, numbers and call signs only. */
export const nextUnitDetail = (next: NextUnit | null) => ({
  nextShiftId: next?.shiftId ?? null,
  nextCallSign: next?.callSign ?? null,
  nextEtaS: next?.etaS ?? null,
});

/** The offer in an exception's detail; null when there is nobody, undefined when nobody has looked yet. */
export function nextUnitOf(detail: Detail): NextUnit | null | undefined {
  const { nextShiftId, nextCallSign, nextEtaS } = detail;
  if (nextShiftId === undefined) return undefined;
  if (typeof nextShiftId !== "string" || typeof nextCallSign !== "string") return null;
  return { shiftId: nextShiftId, callSign: nextCallSign, etaS: typeof nextEtaS === "number" ? nextEtaS : null };
}

/** A change smaller than this is noise, in seconds. */
const NOISE_S = 60;

/** Would both offers say the same to a dispatcher? */
export function sameOffer(a: NextUnit | null | undefined, b: NextUnit | null): boolean {
  if (!a || !b) return a === b;
  if (a.shiftId !== b.shiftId || (a.etaS === null) !== (b.etaS === null)) return false;
  return Math.abs((a.etaS ?? 0) - (b.etaS ?? 0)) < NOISE_S;
}
