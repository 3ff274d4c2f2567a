import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AddressRow } from "@/scripts/county/files";
import { pick, type Random } from "@/scripts/county/random";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { EdgeIndex, type OnRoad } from "@/server/domain/roads/edge-index";
import { RouteFinder } from "@/server/domain/roads/find-route";
import { classOf, type RoadGraph } from "@/server/domain/roads/graph";
import { decodeRoadGraph } from "@/server/domain/roads/graph-file";
import { type Driving, layCourse, startDriving } from "./drive";

/** Farther from any road than this, a place cannot be driven to. */
const OFF_ROAD_M = 1500;

/** In a process of its own: the generator's memory is not the fleet's. */
async function generate(countyDir: string): Promise<void> {
  const script = fileURLToPath(new URL("../county/generate.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, "--out", countyDir], { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error("the county could not be generated");
}

/** The roads and houses the fleet moves among. */
export class World {
  private readonly finder: RouteFinder;
  private readonly index: EdgeIndex;

  private constructor(
    private readonly graph: RoadGraph,
    private readonly addresses: readonly AddressRow[],
  ) {
    this.finder = new RouteFinder(graph);
    this.index = new EdgeIndex(graph);
  }

  /** Reads the county, and makes it first where it is missing. */
  static async open(countyDir: string): Promise<World> {
    if (!existsSync(path.join(countyDir, "manifest.json"))) await generate(countyDir);
    const graph = decodeRoadGraph(await readFile(path.join(countyDir, "graph.bin")));
    const rows = (await readFile(path.join(countyDir, "addresses.ndjson"), "utf8")).trim().split("\n");
    // A part of the houses is plenty to call from, and a tenth of the memory.
    const addresses = rows.filter((_, i) => i % 12 === 0).map((line) => JSON.parse(line) as AddressRow);
    return new World(graph, addresses);
  }

  /** The nearest place on a road where a truck may stop. */
  onRoad(at: LngLat): OnRoad | null {
    return this.index.nearest(at, OFF_ROAD_M, (edge) => !classOf(this.graph, edge).startsWith("motorway"));
  }

  someHouse(random: Random): AddressRow {
    return pick(this.addresses, random());
  }

  /** Sets out from one place to another; null when no road leads there. */
  setOut(from: LngLat, to: LngLat, random: Random): Driving | null {
    const [start, goal] = [this.index.nearest(from, OFF_ROAD_M), this.onRoad(to)];
    const route = start && goal ? this.finder.find(start, goal) : null;
    if (!route) return null;
    const course = layCourse(this.graph, route, random);
    return course.points.length > 1 ? startDriving(course) : null;
  }
}
