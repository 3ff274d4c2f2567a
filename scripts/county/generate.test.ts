import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveTile } from "@/server/integrations/tiles/serve-tile";
import { TileArchive } from "@/server/integrations/tiles/tile-archive";
import { generateCounty } from "./generate";
import { toWorld, WORLD } from "./projection";

let out: string;
const options = () => ({ out, radiusM: 2400 });

beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), "county-"));
  await generateCounty(options());
}, 60_000);
afterAll(() => rm(out, { recursive: true, force: true }));

const tileAt = (z: number) => {
  const [x, y] = toWorld([300, 300]);
  return { z: String(z), x: String(Math.floor(x / (WORLD / 2 ** z))), y: String(Math.floor(y / (WORLD / 2 ** z))) };
};
const CENTRE = tileAt(14);
const file = () => path.join(out, "county.pmtiles");
const ask = (params: { z: string; x: string; y: string }, headers: Record<string, string> = {}) =>
  serveTile(file(), params, new Headers(headers));

test("a second run with the same seed finds its work done; another seed or a broken manifest does it again", async () => {
  const before = await stat(file());
  expect((await generateCounty(options())).cached).toBe(true);
  expect((await stat(file())).mtimeMs).toBe(before.mtimeMs);
  await writeFile(path.join(out, "manifest.json"), "{}");
  expect((await generateCounty(options())).cached).toBe(false);
}, 60_000);

test("tiles decode to the layers of the basemap schema, with named roads and numbered houses", async () => {
  const response = await ask(tileAt(15), { "accept-encoding": "gzip, br" });
  expect(response.headers.get("content-encoding")).toBe("gzip");
  const tile = new VectorTile(new PbfReader(gunzipSync(Buffer.from(await response.arrayBuffer()))));
  expect(Object.keys(tile.layers)).toEqual(expect.arrayContaining(["landuse", "roads", "buildings"]));
  const roads = tile.layers.roads!;
  const names = Array.from({ length: roads.length }, (_, i) => roads.feature(i).properties.name);
  expect(names.filter(Boolean).length).toBeGreaterThan(3);
  const houses = tile.layers.buildings!;
  const kinds = Array.from({ length: houses.length }, (_, i) => houses.feature(i).properties);
  expect(kinds.some((p) => p.kind === "address" && /^\d+$/.test(String(p.addr_housenumber)))).toBe(true);
  for (let i = 0; i < roads.length; i++)
    for (const line of roads.feature(i).loadGeometry())
      for (const p of line) expect(Math.max(Math.abs(p.x - 2048), Math.abs(p.y - 2048))).toBeLessThanOrEqual(2048 + 97);
});

test("the archive's header and metadata say what is in it", async () => {
  const head = (await readFile(file())).subarray(0, 127);
  expect(head.toString("latin1", 0, 7)).toBe("PMTiles");
  expect([head[7], head[97], head[98], head[99]]).toEqual([3, 2, 2, 1]);
  const archive = await TileArchive.open(file());
  expect(await archive.tile(3, 1, 1)).toBeNull();
  await archive.close();
});

test("the tile route answers 200, 304, 204, 404 and 503", async () => {
  const plain = await ask(CENTRE);
  expect(plain.status).toBe(200);
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(plain.headers.get("content-type")).toBe("application/vnd.mapbox-vector-tile");
  const etag = plain.headers.get("etag") ?? "";
  expect((await ask(CENTRE, { "if-none-match": etag })).status).toBe(304);
  expect((await ask({ z: "14", x: "1", y: "1" })).status).toBe(204);
  expect((await ask({ z: "2", x: "0", y: "0" })).status).toBe(204);
  for (const bad of [
    { z: "14", x: "16384", y: "1" },
    { z: "23", x: "1", y: "1" },
    { z: "a", x: "1", y: "1" },
    { z: "1", x: "-1", y: "0" },
  ])
    expect((await ask(bad)).status).toBe(404);
  expect((await serveTile(path.join(out, "absent.pmtiles"), CENTRE, new Headers())).status).toBe(503);
});
