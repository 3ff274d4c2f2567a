import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { RoadGraph } from "@/server/domain/roads/graph";
import { encodeRoadGraph } from "@/server/domain/roads/graph-file";
import { inventCounty } from "./county";
import { type CountyFiles, countyFiles } from "./files";
import { buildTiles } from "./tiles/build-tiles";
import { MAX_ZOOM, MIN_ZOOM } from "./tiles/cut-tiles";
import { pmtilesArchive } from "./tiles/pmtiles-writer";

export const DEFAULT_SEED = 24;
export const DEFAULT_RADIUS_M = 22_500;
export type GenerateOptions = { out: string; seed?: number; radiusM?: number };
export type Generated = { cached: boolean; seconds: number };

/** Sources that change nothing in the files: tests, and what only reads the graph. */
const NOT_WRITTEN = /\.test\.ts$|^(edge-index|find-route)\.ts$/;

/** A digest of the generator's own source: a change of the generator makes a new county. */
async function generatorVersion(): Promise<string> {
  const folders = ["", "streets", "network", "tiles", "../../server/domain/roads"];
  const hash = createHash("sha256");
  for (const folder of folders) {
    const dir = fileURLToPath(new URL(folder === "" ? "." : `${folder}/`, import.meta.url));
    for (const name of (await readdir(dir)).toSorted())
      if (name.endsWith(".ts") && !NOT_WRITTEN.test(name))
        hash.update(name).update(await readFile(path.join(dir, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * Writes the demo county into a folder, unless the same generator has already written it there with the same seed.
 * The manifest is written last, so an interrupted run is done again.
 */
export async function generateCounty({
  out,
  seed = DEFAULT_SEED,
  radiusM = DEFAULT_RADIUS_M,
}: GenerateOptions): Promise<Generated> {
  const started = performance.now();
  const manifest = JSON.stringify({ generator: await generatorVersion(), seed, radiusM });
  const manifestFile = path.join(out, "manifest.json");
  if (existsSync(manifestFile) && (await readFile(manifestFile, "utf8")) === manifest)
    return { cached: true, seconds: (performance.now() - started) / 1000 };
  await mkdir(out, { recursive: true });
  const county = inventCounty(seed, { countyM: radiusM, outerM: radiusM * 1.95 });
  const files = countyFiles(county, radiusM);
  const tiles = await buildTiles(county.features.share());
  const { info } = files;
  const archive = pmtilesArchive(tiles, {
    bounds: info.bbox,
    centre: info.centre,
    centreZoom: 11,
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
    metadata: {
      name: info.name,
      attribution: "Invented county",
      type: "baselayer",
      vector_layers: ["landuse", "water", "roads", "buildings", "boundaries", "pois", "places"].map((id) => ({
        id,
        fields: {},
      })),
    },
  });
  await writeWhole(out, "county.pmtiles", archive);
  await writePlaces(out, county.graph, files);
  const counts = { ...info.counts, tiles: tiles.length };
  await writeWhole(out, "county.json", JSON.stringify({ ...info, counts }, null, 1));
  await writeWhole(out, "manifest.json", manifest);
  return { cached: false, seconds: (performance.now() - started) / 1000 };
}

/** Writes what a database is seeded with: roads, addresses, facilities and bases. */
export async function writePlaces(out: string, graph: RoadGraph, files: CountyFiles): Promise<void> {
  await writeWhole(out, "graph.bin", encodeRoadGraph(graph));
  await writeWhole(out, "addresses.ndjson", files.addresses);
  await writeWhole(out, "facilities.json", JSON.stringify(files.facilities, null, 1));
  await writeWhole(out, "bases.json", JSON.stringify(files.bases, null, 1));
}

/** Nobody reads half a file: it gets its name when it is whole. */
async function writeWhole(out: string, name: string, data: string | Uint8Array): Promise<void> {
  await writeFile(path.join(out, `${name}.part`), data);
  await rename(path.join(out, `${name}.part`), path.join(out, name));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: "string" }, seed: { type: "string" }, scale: { type: "string" } },
  });
  if (!values.out) throw new Error("usage: generate --out DIR [--seed N] [--scale 0.1 to 1]");
  const scale = Number(values.scale ?? 1);
  const done = await generateCounty({
    out: values.out,
    seed: Number(values.seed ?? DEFAULT_SEED),
    radiusM: DEFAULT_RADIUS_M * scale,
  });
  console.log(
    done.cached
      ? `county: already in ${values.out}`
      : `county: generated in ${done.seconds.toFixed(1)} s into ${values.out}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
