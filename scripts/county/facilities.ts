import type { FacilityKind, FacilityModifier } from "@/server/domain/fleet/vocabulary";
import { type Builder, footprint } from "./build";
import { CELL_M, type Cell } from "./cells";
import { STATE, ZONES, type Zone } from "./gazetteer";
import { along, at, dist, type Line, lengthOf, type XY } from "./geometry";
import type { Land } from "./land";
import { plot } from "./landuse";
import type { Occupancy } from "./occupancy";
import type { Plan } from "./plan";
import { type Random, seededRandom } from "./random";

export type Site = { name: string; address: string; zip: string; at: XY; entrance: XY; ring: Line };
export type FacilitySite = Site & { kind: FacilityKind; modifier: FacilityModifier };

const HOSPITALS = [
  "Marlow General Hospital",
  "St. Brendan Medical Center",
  "Tamarack Valley Hospital",
  "Lakeshore Regional Medical Center",
  "Children's of Marlow",
  "Mercy North Hospital",
  "Pinckney Memorial Hospital",
  "Westbury Community Hospital",
  "Fairmont Heights Medical Center",
  "Oak Landing Hospital",
  "University Medical Center",
  "St. Clare Hospital",
];
type Chain = {
  kind: FacilityKind;
  modifier: FacilityModifier;
  count: number;
  apartM: number;
  half: [number, number];
  names: (zone: Zone, n: number) => string;
};
const area = (z: Zone) => z.neighbourhood ?? z.place;
const cycle = (list: readonly string[], n: number) => list[n % list.length] ?? "";
const CHAINS: readonly Chain[] = [
  {
    kind: "snf",
    modifier: "N",
    count: 26,
    apartM: 1500,
    half: [34, 19],
    names: (z, n) =>
      `${cycle(["Maple Court", "Riverbend", "Cedar Hill", "Harmony", "Lakeview", "Golden Oaks", "Prairie View", "Willow Springs", "Heritage", "Stonebridge", "Autumn Ridge", "Bethesda", "Evergreen"], n)} ${n < 13 ? "Care Center" : `Nursing & Rehab of ${area(z)}`}`,
  },
  {
    kind: "dialysis",
    modifier: "J",
    count: 16,
    apartM: 2300,
    half: [17, 13],
    names: (z, n) => `${cycle(["Arden Dialysis", "Clearwater Kidney Care"], n)} ${area(z)}`,
  },
  {
    kind: "clinic",
    modifier: "P",
    count: 18,
    apartM: 1800,
    half: [19, 13],
    names: (z, n) => `${area(z)} ${cycle(["Family Clinic", "Health Center", "Medical Group"], n)}`,
  },
  {
    kind: "physician",
    modifier: "P",
    count: 12,
    apartM: 1600,
    half: [13, 10],
    names: (z, n) => `${area(z)} ${cycle(["Orthopedics", "Cardiology Associates", "Wound Care", "Eye Center"], n)}`,
  },
  { kind: "diagnostic", modifier: "D", count: 6, apartM: 3500, half: [18, 13], names: (z) => `${area(z)} Imaging` },
  {
    kind: "rehab",
    modifier: "D",
    count: 6,
    apartM: 3500,
    half: [24, 15],
    names: (z) => `${area(z)} Rehabilitation Center`,
  },
  {
    kind: "residence",
    modifier: "E",
    count: 14,
    apartM: 1700,
    half: [26, 15],
    names: (z, n) =>
      `${cycle(["Primrose", "The Gables", "Brookfield", "Summit House", "Aspen Terrace"], n)} Assisted Living ${area(z)}`,
  },
];

/** Puts institutions on free lots beside wide roads, before houses take them. */
export class SitePlanner {
  private readonly random: Random;
  private readonly candidates: number[];
  private readonly names = new Set<string>();

  constructor(
    private readonly plan: Plan,
    private readonly ground: Occupancy,
    private readonly builder: Builder,
    private readonly zones: readonly Zone[],
    seed: number,
  ) {
    this.random = seededRandom(seed + 3);
    const fit = plan.stretches.flatMap((s, id) => {
      const street = at(plan.streets, s.street);
      const wide = street.cls === "tertiary" || street.cls === "secondary" || street.cls === "primary";
      const kind = builder.cellAt(along(s.points, lengthOf(s.points) / 2).point)?.kind;
      const lived = kind === "grid" || kind === "suburb" || kind === "town" || kind === "mall" || kind === "downtown";
      return wide && lived && !street.bridge && street.numbering && lengthOf(s.points) > 80 ? [id] : [];
    });
    this.candidates = fit
      .map((id) => ({ id, order: this.random() }))
      .toSorted((a, b) => a.order - b.order)
      .map((c) => c.id);
  }

  /** One lot on a stretch that `accept` takes, or null. */
  lot(accept: (where: XY, zone: Zone) => boolean, [w, d]: [number, number], name: (zone: Zone) => string): Site | null {
    for (const id of this.candidates) {
      const stretch = at(this.plan.stretches, id);
      const zone = at(this.zones, id);
      const m = lengthOf(stretch.points) * (0.35 + 0.3 * this.random());
      const { point, direction } = along(stretch.points, m);
      if (!accept(point, zone) || this.names.has(name(zone))) continue;
      for (const side of [1, -1] as const) {
        const out: XY = [-direction[1] * side, direction[0] * side];
        const centre: XY = [point[0] + out[0] * (26 + d), point[1] + out[1] * (26 + d)];
        const width: XY = [direction[0] * side, direction[1] * side];
        if (!this.ground.claim(centre, width, w, d, 7)) continue;
        const address = this.builder.address(id, m, side, centre);
        if (!address) continue;
        this.names.add(name(zone));
        const ring = footprint(centre, width, w, d, 0.25);
        this.builder.buildings.push({ ring, heightM: 9 });
        return {
          name: name(zone),
          address: `${address.number} ${address.street}, ${zone.place}, ${STATE} ${zone.zip}`,
          zip: zone.zip,
          at: centre,
          entrance: [point[0] + out[0] * 16, point[1] + out[1] * 16],
          ring,
        };
      }
    }
    return null;
  }

  /** Every chain of institutions, spread over the county. */
  institutions(): FacilitySite[] {
    return CHAINS.flatMap((chain) => {
      const made: FacilitySite[] = [];
      for (let n = 0; n < chain.count; n++) {
        const apart = (p: XY) => made.every((s) => dist(s.at, p) > chain.apartM);
        const site = this.lot(apart, chain.half, (zone) => chain.names(zone, n));
        if (site) made.push({ ...site, kind: chain.kind, modifier: chain.modifier });
      }
      return made;
    });
  }

  /** One base in each postal area that has room for it. */
  bases(): Site[] {
    return ZONES.flatMap((zone, n) => {
      if (n % 2 === 1 && zone.neighbourhood) return [];
      const near = (p: XY, z: Zone) => z.zip === zone.zip && dist(p, zone.at) < 2600;
      const site = this.lot(near, [17, 13], () => `Station ${n + 1} ${area(zone)}`);
      return site ? [site] : [];
    });
  }
}

/** A hospital in each quarter section reserved for one: four wings, its entrance on the ring road. */
export function buildHospitals(
  land: Land,
  plan: Plan,
  ground: Occupancy,
  builder: Builder,
  zones: readonly Zone[],
): FacilitySite[] {
  const cells = plan.cells.filter((c) => c.kind === "hospital");
  return cells.flatMap((cell, n): FacilitySite[] => {
    const name = HOSPITALS[n];
    const door = entranceOf(plan, cell, land);
    if (!name || !door) return [];
    const wings: [number, number, number, number][] = [
      [0.4, 0.42, 62, 44],
      [0.6, 0.42, 46, 50],
      [0.44, 0.62, 44, 40],
      [0.63, 0.63, 36, 30],
    ];
    for (const [x, y, w, d] of wings) {
      const centre = land.warp([cell.u + x * CELL_M, cell.v + y * CELL_M]);
      if (ground.claim(centre, [1, 0], w, d, 3))
        builder.buildings.push({ ring: footprint(centre, [1, 0], w, d, 0.35), heightM: 32 - Math.round(d / 4) });
    }
    const zone = at(zones, door.stretch);
    const address = builder.address(
      door.stretch,
      door.m,
      1,
      land.warp([cell.u + 0.4 * CELL_M, cell.v + 0.42 * CELL_M]),
    );
    if (!address) return [];
    const ring = plot(land, cell, [0, 0, 1, 1], 24);
    return [
      {
        name,
        kind: "hospital",
        modifier: "H",
        zip: zone.zip,
        at: address.at,
        entrance: door.point,
        ring,
        address: `${address.number} ${address.street}, ${zone.place}, ${STATE} ${zone.zip}`,
      },
    ];
  });
}

function entranceOf(plan: Plan, cell: Cell, land: Land): { stretch: number; m: number; point: XY } | null {
  const centre = land.warp([cell.u + CELL_M / 2, cell.v + CELL_M / 2]);
  let best: { stretch: number; m: number; point: XY; d: number } | null = null;
  plan.stretches.forEach((s, stretch) => {
    if (at(plan.streets, s.street).cls !== "service") return;
    const m = lengthOf(s.points) / 2;
    const { point } = along(s.points, m);
    const d = dist(point, centre);
    if (d < CELL_M * 0.6 && d < (best?.d ?? Infinity)) best = { stretch, m, point, d };
  });
  return best;
}
