import type { XY } from "./geometry";

export const MILE = 1609.344;
export const COUNTY_NAME = "Marlow County";
export const STATE = "IL";

export type Place = { name: string; kind: "city" | "town" | "village"; at: XY; population: number };
/** A postal area: every address belongs to the nearest one. */
export type Zone = { place: string; neighbourhood: string | null; zip: string; at: XY };

export const CITY: Place = { name: "Marlow", kind: "city", at: [0, 0], population: 412_000 };

export const TOWNS: readonly Place[] = [
  { name: "Harrow Glen", kind: "town", at: [-11_800, 8600], population: 38_000 },
  { name: "Westbury", kind: "town", at: [-16_500, 2100], population: 29_000 },
  { name: "Pinckney", kind: "town", at: [-15_200, -9800], population: 24_000 },
  { name: "St. Clare", kind: "town", at: [-3800, -13_600], population: 41_000 },
  { name: "Oak Landing", kind: "town", at: [6200, -14_600], population: 33_000 },
  { name: "Fairmont Heights", kind: "town", at: [7400, 10_900], population: 52_000 },
  { name: "Delmar", kind: "town", at: [-5600, 15_900], population: 19_000 },
  { name: "North Arden", kind: "town", at: [9600, 18_200], population: 16_000 },
];

export const VILLAGES: readonly Place[] = [
  { name: "Cutler", kind: "village", at: [-20_200, -17_000], population: 2100 },
  { name: "Bethany", kind: "village", at: [-19_400, 14_900], population: 3400 },
  { name: "Orrin", kind: "village", at: [-10_200, -19_300], population: 1800 },
];

/** Names beyond the county line: for the map only. */
export const NEIGHBOURS: readonly Place[] = [
  { name: "Galena Springs", kind: "town", at: [-45_500, 6400], population: 21_000 },
  { name: "Corwith", kind: "town", at: [-2400, 43_500], population: 14_000 },
  { name: "Tiffin", kind: "town", at: [5200, -42_800], population: 26_000 },
  { name: "Mount Sidney", kind: "village", at: [-34_500, -23_500], population: 4200 },
  { name: "Arden Bay", kind: "village", at: [20_500, 37_000], population: 6100 },
  { name: "Lowry", kind: "village", at: [-30_800, 27_500], population: 2700 },
];

const NEIGHBOURHOODS: readonly [string, number, number][] = [
  ["Downtown", 0, 200],
  ["Mill District", -2600, -1500],
  ["Eastbank", 3800, 300],
  ["Hollis Park", -3900, 3500],
  ["Northgate", 1600, 5400],
  ["Garfield Ridge", -6600, 900],
  ["Southport", 2300, -5400],
  ["Lakeview", 9200, 4600],
  ["Kenmore", -5400, -5600],
  ["Union Yards", 6200, -3600],
  ["Bellwood", -8600, -2600],
  ["Harbor Point", 10_600, -1400],
];

export const ZONES: readonly Zone[] = [
  ...NEIGHBOURHOODS.map(([name, x, y], i): Zone => {
    return { place: CITY.name, neighbourhood: name, zip: String(61_701 + i), at: [x, y] };
  }),
  ...[...TOWNS, ...VILLAGES].map((town, i): Zone => {
    return { place: town.name, neighbourhood: null, zip: String(61_730 + i), at: town.at };
  }),
];
