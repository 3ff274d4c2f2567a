import { type Cell, inAirport, surveyCells } from "./cells";
import type { Line, XY } from "./geometry";
import type { Land } from "./land";
import { NamePool } from "./names";
import { nearPoints } from "./near";
import { keepConnected } from "./network/connect";
import type { Stretch } from "./network/node-streets";
import { joinStreets } from "./network/node-streets";
import { seededRandom } from "./random";
import { planArterials, shoreRoad } from "./streets/arterials";
import { freewayStreets, planFreeways } from "./streets/freeways";
import { planDowntown, planGridCell, planTowns } from "./streets/grids";
import type { Planned } from "./streets/plan";
import { planRail } from "./streets/rail";
import { corridorPoints, planRamps } from "./streets/ramps";
import { lay, naturalObstacles, type Obstacles, type Street, street } from "./streets/street";
import { planServiceCell, planSuburbCell } from "./streets/suburbs";

export type Plan = {
  cells: Cell[];
  rail: Line[];
  streets: Street[];
  nodes: XY[];
  stretches: Stretch[];
};

/** Draws every road of the county and joins them into one connected network. */
export function planCounty(land: Land, seed: number): Plan {
  const rail = planRail(land);
  const railNear = nearPoints(rail.flat(), 600);
  const cells = surveyCells(land, railNear.distanceM);
  const freeways = planFreeways(land, shoreRoad(land));
  const arterials = planArterials(land);
  const drawn = arterials.map((p) => street(p.line, p.spec));
  const ramps = planRamps(
    freeways,
    drawn.filter((s) => s.cls === "primary" || s.cls === "secondary"),
    land,
  );
  const points = corridorPoints(freeways, ramps);
  const [nearFreeway, nearRamp] = [nearPoints(points.freeway, 120), nearPoints(points.ramp, 60)];
  const natural = naturalObstacles(land);
  const wide: Obstacles = (p) => {
    const ground = natural(p);
    if (ground !== "free") return ground;
    if (inAirport(land.unwarp(p))) return "closed";
    return nearFreeway.distanceM(p) < 34 ? "freeway" : "free";
  };
  const narrow: Obstacles = (p) => {
    const ground = natural(p);
    if (ground !== "free") return ground;
    return nearFreeway.distanceM(p) < 48 || nearRamp.distanceM(p) < 24 ? "closed" : "free";
  };
  const locals = planLocals(land, cells, seed);
  const laid = [
    ...arterials.flatMap((p) => lay(p.line, p.spec, wide, p.bridges)),
    ...locals.flatMap((p) => lay(p.line, p.spec, narrow, p.bridges)),
  ];
  const streets = [...freewayStreets(freeways, land), ...ramps, ...laid];
  const joined = joinStreets(streets);
  const stretches = keepConnected(joined, streets);
  return {
    cells,
    rail,
    streets,
    nodes: joined.nodes,
    stretches,
  };
}

function planLocals(land: Land, cells: readonly Cell[], seed: number): Planned[] {
  const random = seededRandom(seed);
  const names = new NamePool(random);
  const cellStreets = cells.flatMap((cell): Planned[] => {
    if (cell.kind === "grid") return planGridCell(land, cell);
    if (cell.kind === "suburb" || cell.kind === "estate") return planSuburbCell(land, cell, random, names);
    if (["industrial", "hospital", "college", "mall"].includes(cell.kind))
      return planServiceCell(land, cell, random, names);
    return [];
  });
  return [...planDowntown(land), ...planTowns(land, cells), ...cellStreets];
}
