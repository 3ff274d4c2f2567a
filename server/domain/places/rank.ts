import { streetText } from "./address-text";

/** How well a street's name answers the words of a search; higher is better. Words that match nothing cost. */
export function nameScore(words: readonly string[], street: { name: string; place: string | null }): number {
  const name = streetText(street.name).split(" ");
  const place = streetText(street.place ?? "").split(" ");
  const left = [...name];
  let score = 0;
  for (const word of words) {
    const exact = left.indexOf(word);
    const prefix = exact >= 0 ? exact : left.findIndex((part) => part.startsWith(word));
    if (prefix >= 0) {
      score += exact >= 0 ? 4 + word.length * 0.2 : 2 + word.length * 0.2;
      left.splice(prefix, 1);
    } else if (place.some((part) => part.startsWith(word))) score += 2;
    else score -= 1.5;
  }
  const unsaid = left.filter(
    (part) => !/^(?:n|s|e|w|ne|nw|se|sw|st|ave|rd|dr|blvd|ln|ct|pl|way|cir|trl|pkwy)$/.test(part),
  );
  return score - unsaid.length * 1.2 - left.length * 0.1;
}

/** A house by its number: where it is, and how that is known. */
export type House = { number: number; lon: number; lat: number };
export type Placed = { lon: number; lat: number; how: "exact" | "interpolated" | "nearby" };

/** A gap in house numbers wider than this is not bridged. */
const WIDEST_GAP = 210;
const CLOSE = 60;

/**
 * Where a house number stands, from its neighbours on the same side of the street.
 * @param below - the house at or below the number  @param above - the house at or above it
 * @returns null when the street has no numbers thereabouts
 */
export function placeHouse(number: number, below: House | null, above: House | null): Placed | null {
  if (below?.number === number) return { lon: below.lon, lat: below.lat, how: "exact" };
  if (above?.number === number) return { lon: above.lon, lat: above.lat, how: "exact" };
  if (below && above && above.number - below.number <= WIDEST_GAP) {
    const t = (number - below.number) / (above.number - below.number);
    return {
      lon: below.lon + (above.lon - below.lon) * t,
      lat: below.lat + (above.lat - below.lat) * t,
      how: "interpolated",
    };
  }
  const near = [below, above].flatMap((h) => (h && Math.abs(h.number - number) <= CLOSE ? [h] : []));
  const best = near.toSorted((a, b) => Math.abs(a.number - number) - Math.abs(b.number - number))[0];
  return best ? { lon: best.lon, lat: best.lat, how: "nearby" } : null;
}
