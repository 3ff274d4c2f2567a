import type { RoadClass } from "@/server/domain/roads/road-class";
import { type Line, lengthOf, splitBy, type XY } from "../geometry";
import type { Land } from "../land";

/** Where house numbers come from: metres from the numbering origin, or a first number at the line's start. */
export type Numbering = { metresAt: (p: XY) => number } | { from: number };

/** One line of a street plan, before it is joined to the others. */
export type Street = {
  points: Line;
  name: string;
  /** Route number as signed ("I-87"), or empty. */
  ref: string;
  cls: RoadClass;
  oneway: boolean;
  bridge: boolean;
  /** `ground` meets whatever it crosses; `freeway` and `ramp` pass over and under, and join at their ends only. */
  layer: "ground" | "freeway" | "ramp";
  /** What the first and the last point attach to. */
  ends: ["ground" | "freeway", "ground" | "freeway"];
  numbering: Numbering | null;
};

/** House numbers run at 800 to the mile. */
export const METRES_PER_NUMBER = 2.01168;

export type StreetSpec = Pick<Street, "name" | "cls"> & Partial<Omit<Street, "points" | "name" | "cls">>;

/** A street with the usual defaults. */
export const street = (points: Line, spec: StreetSpec): Street => ({
  points,
  ref: "",
  oneway: false,
  bridge: false,
  layer: "ground",
  ends: ["ground", "ground"],
  numbering: null,
  ...spec,
});

/** Where streets may run: `over` asks for a bridge. */
export type Obstacles = (p: XY) => "free" | "water" | "freeway" | "closed";

/**
 * Lays a planned line on the ground: pieces in water or across a freeway become bridges if `bridges`, else are left out.
 * @returns the surviving pieces, none shorter than 18 m
 */
export function lay(line: Line, spec: StreetSpec, obstacles: Obstacles, bridges: boolean): Street[] {
  const parts = splitBy(line, (p) => {
    const obstacle = obstacles(p);
    if (obstacle === "free") return "road";
    return obstacle !== "closed" && bridges ? "bridge" : "none";
  });
  let before = 0;
  return parts
    .filter((part) => part.state !== "none" && lengthOf(part.points) >= (part.state === "bridge" ? 1 : 18))
    .map((part) => {
      const { numbering } = spec;
      const continued = numbering && "from" in numbering ? { from: numbering.from + before } : numbering;
      before += 2 * Math.ceil(lengthOf(part.points) / METRES_PER_NUMBER / 2) + 2;
      return street(part.points, { ...spec, numbering: continued ?? null, bridge: part.state === "bridge" });
    });
}

/** Water and the edge of the map; freeways are added once they are known. */
export const naturalObstacles =
  (land: Land): Obstacles =>
  (p) => {
    const { outerM } = land.extent;
    if (Math.abs(p[0]) > outerM || Math.abs(p[1]) > outerM || land.inLake(p, 30)) return "closed";
    return land.inRiver(p, 16) ? "water" : "free";
  };
