import type { RoadGraph } from "@/server/domain/roads/graph";
import { type Address, Builder, takenGround } from "./build";
import { buildHospitals, type FacilitySite, type Site, SitePlanner } from "./facilities";
import { along, lengthOf } from "./geometry";
import { houseNumbers } from "./house-numbers";
import { type Extent, layOutLand } from "./land";
import { centroid, planLanduse } from "./landuse";
import { mapFeatures } from "./map-features";
import { roadGraph } from "./network/road-graph";
import { type Plan, planCounty } from "./plan";
import type { FeatureStore } from "./tiles/feature-store";

export type County = {
  plan: Plan;
  graph: RoadGraph;
  addresses: Address[];
  buildings: number;
  facilities: FacilitySite[];
  bases: Site[];
  features: FeatureStore;
};

/** Invents the whole county from a seed: the same seed and extent give the same county. */
export function inventCounty(seed: number, extent: Extent): County {
  const land = layOutLand(seed, extent);
  const plan = planCounty(land, seed);
  const zones = plan.stretches.map((s) => land.zoneAt(along(s.points, lengthOf(s.points) / 2).point));
  const numbers = houseNumbers.assign(plan.stretches, plan.streets);
  const landuse = planLanduse(land, plan.cells);
  const ground = takenGround(land, plan);
  landuse.areas = landuse.areas.filter((a) => !a.loose || ground.isRingFree(a.ring, centroid(a.ring)));
  for (const area of landuse.areas) if (!area.built) ground.takeRing(area.ring);
  const builder = new Builder(land, plan, ground, zones, numbers, seed);
  const hospitals = buildHospitals(land, plan, ground, builder, zones);
  const planner = new SitePlanner(plan, ground, builder, zones, seed);
  const bases = planner.bases();
  const facilities = [...hospitals, ...planner.institutions()];
  builder.lineStreets();
  const features = mapFeatures(land, plan, landuse, builder, facilities);
  const graph = roadGraph(land, plan, zones, numbers);
  return {
    plan,
    graph,
    addresses: builder.addresses,
    buildings: builder.buildings.length,
    facilities,
    bases,
    features,
  };
}
