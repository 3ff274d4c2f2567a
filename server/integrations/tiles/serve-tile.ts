import path from "node:path";
import { singleton } from "@/server/singleton";
import { plainTile, TileArchive } from "./tile-archive";

/** The zoom at which Web Mercator tile numbers stop being useful; anything above is a mistake. */
const DEEPEST_ZOOM = 22;
const CACHE = "public, max-age=3600, stale-while-revalidate=86400";
const INTEGER = /^\d{1,8}$/;

export type TileFile = { MAP_PMTILES?: string | undefined; RUNBOARD_DATA: string };
export const tileFile = (env: TileFile): string =>
  env.MAP_PMTILES ?? path.join(env.RUNBOARD_DATA, "county", "county.pmtiles");

const error = (status: number, code: string, message: string) =>
  Response.json({ error: { code, message, reasons: [] } }, { status });

function parse(params: { z: string; x: string; y: string }): { z: number; x: number; y: number } | null {
  const y0 = params.y.replace(/\.(mvt|pbf)$/, "");
  if (![params.z, params.x, y0].every((part) => INTEGER.test(part))) return null;
  const [z, x, y] = [Number(params.z), Number(params.x), Number(y0)];
  return z <= DEEPEST_ZOOM && x < 2 ** z && y < 2 ** z ? { z, x, y } : null;
}

/** Archives that are open, by file; one that could not be opened is tried again at the next request. */
const archives = singleton("tile-archives", () => new Map<string, Promise<TileArchive>>());

function archiveAt(file: string): Promise<TileArchive> {
  const known = archives.get(file);
  if (known) return known;
  const opening = TileArchive.open(file);
  archives.set(file, opening);
  opening.catch(() => archives.delete(file));
  return opening;
}

/**
 * Answers one tile: 200 (gzip passed through when the client takes it), 304, 204 where the map is empty,
 * 404 for numbers that name no tile, 503 without a map file.
 */
export async function serveTile(
  file: string,
  params: { z: string; x: string; y: string },
  headers: Headers,
): Promise<Response> {
  const at = parse(params);
  if (!at) return error(404, "not_found", "no such tile");
  const archive = await archiveAt(file).catch(() => null);
  if (!archive) return error(503, "unavailable", "there is no map file");
  const tile = await archive.tile(at.z, at.x, at.y);
  if (!tile) return new Response(null, { status: 204, headers: { "Cache-Control": CACHE } });
  const etag = `"${archive.version}-${at.z}-${at.x}-${at.y}"`;
  const common = { ETag: etag, "Cache-Control": CACHE, Vary: "Accept-Encoding" };
  const asked = headers
    .get("if-none-match")
    ?.split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (asked?.includes(etag)) return new Response(null, { status: 304, headers: common });
  const gzip = tile.gzipped && /\bgzip\b/.test(headers.get("accept-encoding") ?? "");
  const body = gzip ? tile.data : await plainTile(tile);
  return new Response(body, {
    headers: {
      ...common,
      "Content-Type": "application/vnd.mapbox-vector-tile",
      "Content-Length": String(body.byteLength),
      ...(gzip ? { "Content-Encoding": "gzip" } : {}),
    },
  });
}
