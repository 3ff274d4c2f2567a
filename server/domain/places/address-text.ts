import { searchText } from "@/server/domain/fleet/search-text";

/** Words of street names that people write in several ways, as they are stored. */
const SHORT: Readonly<Record<string, string>> = {
  street: "st",
  str: "st",
  avenue: "ave",
  av: "ave",
  aven: "ave",
  road: "rd",
  drive: "dr",
  boulevard: "blvd",
  boul: "blvd",
  lane: "ln",
  court: "ct",
  place: "pl",
  circle: "cir",
  parkway: "pkwy",
  trail: "trl",
  highway: "hwy",
  square: "sq",
  terrace: "ter",
  north: "n",
  south: "s",
  east: "e",
  west: "w",
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
  first: "1st",
  second: "2nd",
  third: "3rd",
  fourth: "4th",
  fifth: "5th",
  sixth: "6th",
  seventh: "7th",
  eighth: "8th",
  ninth: "9th",
  tenth: "10th",
};

/** A street's name (or a search for one) as it is stored and compared: "North Halden Avenue" and "N. Halden Ave" are one. */
export const streetText = (text: string): string =>
  searchText(text.replace(/['’]/g, ""))
    .split(" ")
    .map((word) => SHORT[word] ?? word)
    .join(" ");

/** What somebody typed into an address field. `words` are normalised as street names, `text` as names of facilities. */
export type AddressQuery = { houseNumber: number | null; words: string[]; crossing: string[] | null; text: string };

const UNIT = /\s*(?:\b(?:apt|apartment|unit|suite|ste|room|rm|lot)\b|#)\s*\S+.*$/i;
const HOUSE = /^\s*(\d{1,6})[a-z]?\s+(?=\S)/i;
const HOUSE_LAST = /\s(\d{1,4})\s*$/;
const CROSSING = /\s+(?:&|and|at|\/)\s+|\s*[&/]\s*/i;

const wordsOf = (text: string): string[] =>
  streetText(text)
    .split(" ")
    .filter((word) => word !== "" && word !== "il" && word !== "usa");

/**
 * Takes a search apart: "121 e main st apt 4" has house number 121, "8th & halden" names a crossing.
 * @param q - as typed, any case, at most a line
 */
export function parseAddressQuery(q: string): AddressQuery {
  const text = searchText(q);
  const sides = q.split(CROSSING).filter((side) => side.trim() !== "");
  if (sides.length === 2 && sides[0] && sides[1]) {
    const [first, second] = [wordsOf(sides[0]), wordsOf(sides[1])];
    if (first.length > 0 && second.length > 0) return { houseNumber: null, words: first, crossing: second, text };
  }
  const plain = q.replace(/,/g, " ").replace(UNIT, "");
  const leading = HOUSE.exec(plain);
  if (leading?.[1])
    return { houseNumber: Number(leading[1]), words: wordsOf(plain.slice(leading[0].length)), crossing: null, text };
  const trailing = HOUSE_LAST.exec(plain);
  if (trailing?.[1])
    return { houseNumber: Number(trailing[1]), words: wordsOf(plain.slice(0, trailing.index)), crossing: null, text };
  return { houseNumber: null, words: wordsOf(plain), crossing: null, text };
}

/** The word as it was perhaps meant: two letters swapped, or one too many. */
export function misspellings(word: string): string[] {
  if (word.length < 4 || /\d/.test(word)) return [word];
  const out = new Set([word]);
  for (let i = 0; i + 1 < word.length; i++)
    out.add(word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2));
  for (let i = 1; i < word.length; i++) out.add(word.slice(0, i) + word.slice(i + 1));
  return [...out];
}

/** A full-text query: every word is the beginning of one in the name. Words hold letters and digits only. */
export const prefixQuery = (
  words: readonly string[],
  spell: (word: string) => readonly string[] = (word) => [word],
): string =>
  words
    .map((word) => {
      const forms = spell(word.replace(/[^\p{L}\p{N}]/gu, "")).map((form) => `${form}:*`);
      return forms.length === 1 ? forms[0] : `(${forms.join(" | ")})`;
    })
    .join(" & ");
