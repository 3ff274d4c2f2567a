/**
 * Places (or riders) by kind, packed into one 32-bit number: four lanes of seven bits, each below a guard bit, so that a
 * load is compared with all places of a vehicle by one subtraction.
 */
export type Packed = number;

/** Kinds of place that a problem can tell apart. */
export const MAX_KINDS = 4;
/** Most places, and most riders of one request, of one kind: a sum of two still fits into a lane. */
export const MAX_PLACES = 63;

const GUARDS = 0x80808080 | 0;

/**
 * Packs amounts by kind.
 * @throws RangeError when there are more than `MAX_KINDS` kinds, or an amount is no whole number of 0 to `MAX_PLACES`
 */
export function pack(amounts: readonly number[]): Packed {
  if (amounts.length > MAX_KINDS) throw new RangeError(`more than ${MAX_KINDS} kinds of place`);
  let packed = 0;
  amounts.forEach((amount, kind) => {
    if (!Number.isInteger(amount) || amount < 0 || amount > MAX_PLACES)
      throw new RangeError(`a number of places is a whole number of 0 to ${MAX_PLACES}`);
    packed |= amount << (8 * kind);
  });
  return packed;
}

/** Makes places ready to be compared with loads by `fits`. */
export const guarded = (places: Packed): Packed => places | GUARDS;

/** Is every kind of load within its places? @param guardedPlaces - from `guarded` */
export const fits = (guardedPlaces: Packed, load: Packed): boolean => ((guardedPlaces - load) & GUARDS) === GUARDS;
