import type { AddressRow } from "@/scripts/county/files";
import { edgeCount, nameOf, nodeAt, num, type RoadGraph, shapeOf } from "@/server/domain/roads/graph";

/** A street within one ZIP code: two ZIP codes are two streets. */
export type CountyStreet = { id: string; name: string; place: string; zip: string; lon: number; lat: number };
export type CountyCrossing = { street: string; other: string; lon: number; lat: number };

export const streetKey = (name: string, zip: string): string => `${name}|${zip}`;

const zipOf = (g: RoadGraph, edge: number): string => g.zips[num(g.edgeZip, edge)] ?? "";

/** Named streets of a road graph, each placed at one of its houses or the middle of one of its edges, and where they meet. */
export function countyStreets(
  g: RoadGraph,
  addresses: readonly AddressRow[],
  newId: () => string,
): { streets: CountyStreet[]; crossings: CountyCrossing[] } {
  const streets = new Map<string, CountyStreet>();
  const atNode = new Map<number, Set<string>>();
  for (let edge = 0; edge < edgeCount(g); edge++) {
    const name = nameOf(g, edge);
    if (name === "") continue;
    const key = streetKey(name, zipOf(g, edge));
    for (const node of [num(g.edgeFrom, edge), num(g.edgeTo, edge)]) {
      const met = atNode.get(node);
      if (met) met.add(key);
      else atNode.set(node, new Set([key]));
    }
    if (streets.has(key)) continue;
    const shape = shapeOf(g, edge);
    const middle = shape[Math.floor(shape.length / 2)] ?? { lng: 0, lat: 0 };
    streets.set(key, {
      id: newId(),
      name,
      place: g.places[num(g.edgePlace, edge)] ?? "",
      zip: zipOf(g, edge),
      lon: middle.lng,
      lat: middle.lat,
    });
  }
  const houses = new Map<string, AddressRow[]>();
  for (const a of addresses) {
    const known = houses.get(streetKey(a.street, a.zip));
    if (known) known.push(a);
    else houses.set(streetKey(a.street, a.zip), [a]);
  }
  for (const [key, rows] of houses) {
    const street = streets.get(key);
    const middle = rows.toSorted((a, b) => a.number - b.number)[Math.floor(rows.length / 2)];
    if (street && middle) Object.assign(street, { lon: middle.lon, lat: middle.lat });
  }
  return { streets: [...streets.values()], crossings: crossings(g, streets, atNode) };
}

function crossings(
  g: RoadGraph,
  streets: ReadonlyMap<string, CountyStreet>,
  atNode: ReadonlyMap<number, ReadonlySet<string>>,
): CountyCrossing[] {
  const seen = new Set<string>();
  const out: CountyCrossing[] = [];
  for (const [node, keys] of atNode)
    for (const a of keys)
      for (const b of keys) {
        const [street, other] = [streets.get(a), streets.get(b)];
        if (!street || !other || street.name === other.name || seen.has(`${a}|${b}`)) continue;
        seen.add(`${a}|${b}`);
        const { lng, lat } = nodeAt(g, node);
        out.push({ street: street.id, other: other.id, lon: lng, lat });
      }
  return out;
}
