import type { FacilityKind, FacilityModifier } from "@/server/domain/fleet/vocabulary";
import { edgeCount, nodeCount } from "@/server/domain/roads/graph";
import type { County } from "./county";
import { COUNTY_NAME, NEIGHBOURS, STATE, TOWNS, VILLAGES, ZONES } from "./gazetteer";
import { CENTRE, toLngLat } from "./projection";

/** A line of addresses.ndjson. `edge` is the edge of graph.bin the house stands on. */
export type AddressRow = {
  number: number;
  street: string;
  place: string;
  zip: string;
  lon: number;
  lat: number;
  edge: number;
};
/** A row of facilities.json; `lon` and `lat` are the entrance, where a vehicle stops. */
export type FacilityRow = {
  name: string;
  kind: FacilityKind;
  modifier: FacilityModifier;
  address: string;
  zip: string;
  lon: number;
  lat: number;
};
/** A row of bases.json. */
export type BaseRow = { name: string; address: string; lon: number; lat: number };
/** county.json. `bbox` is west, south, east, north. */
export type CountyInfo = {
  name: string;
  state: string;
  timeZone: string;
  centre: [number, number];
  bbox: [number, number, number, number];
  places: { name: string; lon: number; lat: number; zips: string[] }[];
  counts: Record<string, number>;
};

export type CountyFiles = { addresses: string; facilities: FacilityRow[]; bases: BaseRow[]; info: CountyInfo };

/** The county in the shape of its files. */
export function countyFiles(county: County, radiusM: number): CountyFiles {
  const rows = county.addresses.map((a): AddressRow => {
    const [lon, lat] = toLngLat(a.at);
    return { number: a.number, street: a.street, place: a.zone.place, zip: a.zone.zip, lon, lat, edge: a.stretch };
  });
  const located = (p: readonly [number, number]) => {
    const [lon, lat] = toLngLat(p);
    return { lon, lat };
  };
  const [west, south] = toLngLat([-radiusM * 1.05, -radiusM * 1.05]);
  const [east, north] = toLngLat([radiusM * 1.05, radiusM * 1.05]);
  const seats = new Map([...TOWNS, ...VILLAGES, ...NEIGHBOURS].map((t) => [t.name, t.at]));
  const names = [...new Set(ZONES.map((z) => z.place))];
  const places = names.map((name) => ({
    name,
    ...located(seats.get(name) ?? [0, 0]),
    zips: ZONES.filter((z) => z.place === name).map((z) => z.zip),
  }));
  return {
    addresses: `${rows.map((r) => JSON.stringify(r)).join("\n")}\n`,
    facilities: county.facilities.map((f) => ({
      name: f.name,
      kind: f.kind,
      modifier: f.modifier,
      address: f.address,
      zip: f.zip,
      ...located(f.entrance),
    })),
    bases: county.bases.map((b) => ({ name: b.name, address: b.address, ...located(b.entrance) })),
    info: {
      name: COUNTY_NAME,
      state: STATE,
      timeZone: "America/Chicago",
      centre: [CENTRE.lng, CENTRE.lat],
      bbox: [west, south, east, north],
      places,
      counts: {
        nodes: nodeCount(county.graph),
        edges: edgeCount(county.graph),
        addresses: rows.length,
        buildings: county.buildings,
        facilities: county.facilities.length,
        bases: county.bases.length,
        features: county.features.count,
      },
    },
  };
}
