import type { Builder } from "./build";
import type { FacilitySite } from "./facilities";
import { CITY, COUNTY_NAME, NEIGHBOURS, TOWNS, VILLAGES, ZONES } from "./gazetteer";
import { at, type Line } from "./geometry";
import type { Land } from "./land";
import { centroid, type Landuse } from "./landuse";
import type { Plan } from "./plan";
import type { Street } from "./streets/street";
import { FeatureStore, type Props } from "./tiles/feature-store";

const MIN_ZOOM: Record<Street["cls"], number> = {
  motorway: 5,
  motorway_link: 10,
  primary: 7,
  secondary: 9,
  tertiary: 11,
  unclassified: 10,
  residential: 12,
  service: 13,
};
const KIND: Record<Street["cls"], string> = {
  motorway: "highway",
  motorway_link: "highway",
  primary: "major_road",
  secondary: "major_road",
  tertiary: "major_road",
  unclassified: "minor_road",
  residential: "minor_road",
  service: "minor_road",
};
const area = (ring: Line): number =>
  Math.abs(
    ring.reduce(
      (sum, a, i) => sum + a[0] * at(ring, (i + 1) % ring.length)[1] - at(ring, (i + 1) % ring.length)[0] * a[1],
      0,
    ),
  ) / 2;

function roadProps(s: Street): Props {
  const props: Props = { kind: KIND[s.cls], kind_detail: s.cls === "motorway_link" ? "motorway_link" : s.cls };
  if (s.name) props.name = s.name;
  if (s.ref) {
    props.ref = s.ref;
    props.shield_text = s.ref.replace(/^[A-Z]+-/, "");
    props.network = s.ref.startsWith("I-") ? "US:I" : s.ref.startsWith("US-") ? "US:US" : "US:IL";
  }
  if (s.oneway) props.oneway = "yes";
  if (s.bridge) props.is_bridge = true;
  if (s.cls === "motorway_link") props.is_link = true;
  return { ...props, min_zoom: MIN_ZOOM[s.cls], sort_rank: 400 - MIN_ZOOM[s.cls] };
}

/** Streets drawn in long runs, not block by block, so that their names fit. */
function roads(store: FeatureStore, plan: Plan): void {
  let run: { line: Line; street: number; end: number } | null = null;
  const finish = () => {
    if (!run) return;
    const street = at(plan.streets, run.street);
    store.line("roads", run.line, MIN_ZOOM[street.cls], roadProps(street));
  };
  for (const s of plan.stretches) {
    if (run && run.street === s.street && run.end === s.from) {
      run.line.push(...s.points.slice(1));
      run.end = s.to;
      continue;
    }
    finish();
    run = { line: [...s.points], street: s.street, end: s.to };
  }
  finish();
}

function water(store: FeatureStore, land: Land): void {
  const lake = { kind: "lake", name: "Lake Arden", min_zoom: 3 };
  store.polygon("water", land.lake, 0, { kind: "lake" });
  store.point("water", [Math.min(20_500, land.extent.outerM), 5200], 6, lake);
  // In short pieces: a ring around the whole river would cross itself where it bends.
  for (let i = 0; i + 1 < land.river.length; i += 12) {
    const half = land.riverBanks.length / 2;
    const to = Math.min(half - 1, i + 12);
    const other = Array.from({ length: to - i + 1 }, (_, k) =>
      at(land.riverBanks, land.riverBanks.length - 1 - (to - k)),
    );
    store.polygon("water", [...land.riverBanks.slice(i, to + 1), ...other], 5, { kind: "river" });
  }
  store.line("water", land.river, 8, { kind: "river", name: "Tamarack River", min_zoom: 8 });
  ["Fox Creek", "Mill Creek", "Heron Creek", "Sugar Creek"].forEach((name, i) => {
    const creek = land.creeks[i];
    if (creek) store.line("water", creek, 10, { kind: "stream", name, min_zoom: 10 });
  });
}

function places(store: FeatureStore, land: Land): void {
  const rank = { city: 11, town: 8, village: 5 };
  for (const p of [CITY, ...TOWNS, ...VILLAGES, ...NEIGHBOURS]) {
    const minZoom = p.kind === "city" ? 4 : p.kind === "town" ? 8 : 10;
    store.point("places", p.at, Math.min(minZoom, 9), {
      kind: "locality",
      kind_detail: p.kind,
      name: p.name,
      population: p.population,
      population_rank: rank[p.kind],
      min_zoom: minZoom,
      sort_rank: 12 - rank[p.kind],
    });
  }
  for (const z of ZONES)
    if (z.neighbourhood)
      store.point("places", z.at, 11, {
        kind: "neighbourhood",
        kind_detail: "neighbourhood",
        name: z.neighbourhood,
        min_zoom: 11,
      });
  store.line("boundaries", [...land.boundary, at(land.boundary, 0)], 6, {
    kind: "county",
    kind_detail: 6,
    name: COUNTY_NAME,
    min_zoom: 6,
  });
}

const POI_KIND: Partial<Record<FacilitySite["kind"], string>> = {
  hospital: "hospital",
  clinic: "clinic",
  physician: "doctors",
  dialysis: "dialysis",
  snf: "nursing_home",
  residence: "assisted_living",
  rehab: "rehabilitation",
  diagnostic: "diagnostic",
};

function institutions(store: FeatureStore, facilities: readonly FacilitySite[]): void {
  for (const f of facilities) {
    const hospital = f.kind === "hospital";
    if (hospital) store.polygon("landuse", f.ring, 10, { kind: "hospital", name: f.name });
    store.point("pois", hospital ? centroid(f.ring) : f.at, hospital ? 10 : 14, {
      kind: POI_KIND[f.kind] ?? "clinic",
      name: f.name,
      min_zoom: hospital ? 11 : 15,
    });
  }
}

/** Everything the map shows, in the Protomaps basemap schema. */
export function mapFeatures(
  land: Land,
  plan: Plan,
  landuse: Landuse,
  builder: Builder,
  facilities: readonly FacilitySite[],
): FeatureStore {
  const store = new FeatureStore();
  for (const a of landuse.areas) store.polygon(a.layer, a.ring, a.minZoom, a.props);
  water(store, land);
  roads(store, plan);
  for (const line of plan.rail) store.line("roads", line, 8, { kind: "rail", kind_detail: "rail", min_zoom: 8 });
  for (const line of landuse.runways)
    store.line("roads", line, 9, { kind: "other", kind_detail: "runway", min_zoom: 9 });
  for (const b of builder.buildings) {
    const m2 = area(b.ring);
    store.polygon("buildings", b.ring, b.heightM > 40 || m2 > 1800 ? 13 : 14, { kind: "building", height: b.heightM });
  }
  for (const a of builder.addresses)
    store.point("buildings", a.at, 15, { kind: "address", addr_housenumber: String(a.number) });
  institutions(store, facilities);
  for (const p of landuse.pois) store.point("pois", p.at, p.minZoom, { ...p.props, min_zoom: p.minZoom });
  places(store, land);
  return store;
}
