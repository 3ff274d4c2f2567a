import "server-only";
import { z } from "zod";
import type { Tx } from "@/db/client";
import {
  crossingsOf,
  type FacilityFound,
  findFacilities,
  findStreets,
  housesAround,
  type Neighbours,
  type StreetFound,
} from "@/db/queries/addresses";
import type { Ctx } from "@/server/context";
import { searchText } from "@/server/domain/fleet/search-text";
import { distanceM } from "@/server/domain/geo/lng-lat";
import { type AddressQuery, misspellings, parseAddressQuery, prefixQuery } from "@/server/domain/places/address-text";
import { type House, nameScore, placeHouse } from "@/server/domain/places/rank";
import { read } from "@/server/services/unit-of-work";

const PLACE_KINDS = ["address", "street", "facility", "intersection"] as const;

export const SearchAddressesInput = z.strictObject({
  q: z.string().max(160),
  /** Breaks ties: what is nearer to this point comes first. */
  near: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).optional(),
  limit: z.number().int().min(1).max(20).default(8),
});
export type SearchAddressesInput = z.input<typeof SearchAddressesInput>;

/** A place somebody may mean. For a facility `lat`, `lon` is its entrance; `precision` says how an address was found. */
export const FoundPlace = z.object({
  label: z.string(),
  kind: z.enum(PLACE_KINDS),
  lat: z.number(),
  lon: z.number(),
  zip: z.string().nullable(),
  facilityId: z.uuid().optional(),
  precision: z.enum(["exact", "interpolated", "nearby"]).optional(),
});
export type FoundPlace = z.infer<typeof FoundPlace>;

type Scored = FoundPlace & { score: number };
const CANDIDATES = 60;
const NEIGHBOURED = 24;

const tail = (place: string | null, zip: string | null) => [place, zip].filter(Boolean).join(" ");
const labelOf = (name: string, place: string | null, zip: string | null) =>
  tail(place, zip) ? `${name}, ${tail(place, zip)}` : name;

type RankedStreet = StreetFound & { score: number };

const streetsFor = async (tx: Tx, words: string[]): Promise<RankedStreet[]> => {
  if (words.length === 0) return [];
  const found = await findStreets(tx, {
    prefixes: prefixQuery(words),
    spellings: prefixQuery(words, misspellings),
    likeness: words.join(" "),
    limit: CANDIDATES,
  });
  // A name that only looks like what was typed keeps the order the database gave it.
  return found
    .map((street, rank) => ({ ...street, score: street.sure ? nameScore(words, street) : 1 - rank * 0.01 }))
    .toSorted((a, b) => b.score - a.score);
};

async function addressesOn(tx: Tx, agencyId: string, houseNumber: number, streets: RankedStreet[]): Promise<Scored[]> {
  const asked = streets.slice(0, NEIGHBOURED);
  if (asked.length === 0) return [];
  const ids = asked.map((s) => s.id);
  const houses = await housesAround(tx, agencyId, ids, houseNumber);
  const placed = placeOn(asked, houseNumber, houses);
  if (placed.length > 0) return placed;
  // Nobody lives thereabouts on that side: the other side will do to send a unit to.
  return placeOn(asked, houseNumber, await housesAround(tx, agencyId, ids, houseNumber + 1));
}

const placeOn = (streets: RankedStreet[], houseNumber: number, houses: Neighbours[]): Scored[] =>
  streets.flatMap((street): Scored[] => {
    const on = (isBelow: boolean): House | null =>
      houses.find((h) => h.streetId === street.id && h.isBelow === isBelow) ?? null;
    const placed = placeHouse(houseNumber, on(true), on(false));
    if (!placed) return [];
    const bonus = { exact: 10, interpolated: 8, nearby: 6 }[placed.how];
    const label = labelOf(`${houseNumber} ${street.name}`, street.place, street.zip);
    return [
      {
        label,
        kind: "address",
        lat: placed.lat,
        lon: placed.lon,
        zip: street.zip,
        precision: placed.how,
        score: street.score + bonus,
      },
    ];
  });

async function intersections(tx: Tx, agencyId: string, { words, crossing }: AddressQuery): Promise<Scored[]> {
  if (!crossing) return [];
  const these = (await streetsFor(tx, words)).slice(0, CANDIDATES);
  const those = (await streetsFor(tx, crossing)).slice(0, CANDIDATES);
  if (these.length === 0 || those.length === 0) return [];
  const found = await crossingsOf(
    tx,
    agencyId,
    these.map((s) => s.id),
    those.map((s) => s.id),
  );
  return found.flatMap((x): Scored[] => {
    const [a, b] = [these.find((s) => s.id === x.streetId), those.find((s) => s.id === x.otherStreetId)];
    if (!a || !b) return [];
    return [
      {
        label: labelOf(`${a.name} & ${b.name}`, a.place, a.zip),
        kind: "intersection",
        lat: x.lat,
        lon: x.lon,
        zip: a.zip,
        score: 9 + a.score + b.score,
      },
    ];
  });
}

/** Institutions are fewer than streets and meant more often, so a name that fits goes first; a fitting address alone does not. */
const asFacility =
  (words: string[]) =>
  (f: FacilityFound): Scored => {
    const named = f.likeness === 1 && words.every((word) => ` ${searchText(f.name)}`.includes(` ${word}`));
    const score = named ? nameScore(words, { name: f.name, place: null }) + 3 : f.likeness;
    return {
      label: `${f.name}, ${f.address}`,
      kind: "facility",
      lat: f.lat,
      lon: f.lon,
      zip: f.zip,
      facilityId: f.id,
      score,
    };
  };

const asStreet = (s: RankedStreet): Scored => ({
  label: labelOf(s.name, s.place, s.zip),
  kind: "street",
  lat: s.lat,
  lon: s.lon,
  zip: s.zip,
  score: s.score - (s.sure ? 0 : 1),
});

/** Each label once, best first; within a point of score the nearer one. */
function best(all: Scored[], { near, limit }: z.output<typeof SearchAddressesInput>): FoundPlace[] {
  const away = (p: Scored) =>
    near ? distanceM({ lng: near.lon, lat: near.lat }, { lng: p.lon, lat: p.lat }) / 20_000 : 0;
  const ordered = all
    .map((p) => ({ p, by: p.score - Math.min(1, away(p)) }))
    .toSorted((a, b) => b.by - a.by || a.p.label.localeCompare(b.p.label));
  const labels = new Set<string>();
  return ordered
    .flatMap(({ p }) => {
      if (labels.has(p.label)) return [];
      labels.add(p.label);
      return [FoundPlace.parse(p)];
    })
    .slice(0, limit);
}

/** Addresses, streets, crossings and facilities that answer what was typed, best first. Empty for an empty search. */
export const searchAddresses = (ctx: Ctx, given: SearchAddressesInput): Promise<FoundPlace[]> => {
  const input = SearchAddressesInput.parse(given);
  const query = parseAddressQuery(input.q);
  if (query.text === "") return Promise.resolve([]);
  return read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    if (query.crossing) return best(await intersections(tx, agencyId, query), input);
    const facilities = (await findFacilities(tx, agencyId, query.text, input.limit)).map(
      asFacility(query.text.split(" ")),
    );
    const streets = await streetsFor(tx, query.words);
    const addresses = query.houseNumber === null ? [] : await addressesOn(tx, agencyId, query.houseNumber, streets);
    const named = addresses.length > 0 ? [] : streets.map(asStreet);
    return best([...addresses, ...named, ...facilities], input);
  });
};
