import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { zxyToTileId } from "pmtiles";
import { Bytes } from "./bytes";
import type { CutTile } from "./cut-tiles";

type Entry = { tileId: number; offset: number; length: number; runLength: number };
export type ArchiveInfo = {
  bounds: readonly [number, number, number, number];
  centre: readonly [number, number];
  centreZoom: number;
  minZoom: number;
  maxZoom: number;
  metadata: object;
};

const HEADER_BYTES = 127;
const ROOT_LIMIT = 16_384 - HEADER_BYTES;

function directory(entries: readonly Entry[]): Uint8Array {
  const out = new Bytes(entries.length * 8);
  out.varint(entries.length);
  let last = 0;
  for (const e of entries) {
    out.varint(e.tileId - last);
    last = e.tileId;
  }
  for (const e of entries) out.varint(e.runLength);
  for (const e of entries) out.varint(e.length);
  let end = -1;
  for (const e of entries) {
    out.varint(e.offset === end ? 0 : e.offset + 1);
    end = e.offset + e.length;
  }
  return gzipSync(out.bytes());
}

/** A root directory that fits the first 16 KiB, with leaf directories if it must. */
function directories(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const whole = directory(entries);
  if (whole.length <= ROOT_LIMIT) return { root: whole, leaves: new Uint8Array() };
  for (let size = 2048; ; size *= 2) {
    const leaves = new Bytes(65_536);
    const roots: Entry[] = [];
    for (let i = 0; i < entries.length; i += size) {
      const leaf = directory(entries.slice(i, i + size));
      roots.push({ tileId: entries[i]?.tileId ?? 0, offset: leaves.length, length: leaf.length, runLength: 0 });
      leaves.raw(leaf);
    }
    const root = directory(roots);
    if (root.length <= ROOT_LIMIT) return { root, leaves: leaves.bytes() };
  }
}

/** Tile contents in id order, each stored once; neighbours with equal contents share an entry. */
function pack(tiles: readonly CutTile[]): { entries: Entry[]; data: Uint8Array; contents: number } {
  const ordered = tiles
    .map((t) => ({ tileId: zxyToTileId(t.z, t.x, t.y), bytes: t.bytes }))
    .toSorted((a, b) => a.tileId - b.tileId);
  const offsets = new Map<string, number>();
  const data = new Bytes(1 << 22);
  const entries: Entry[] = [];
  for (const { tileId, bytes } of ordered) {
    const hash = createHash("sha1").update(bytes).digest("base64");
    let offset = offsets.get(hash);
    if (offset === undefined) {
      offset = data.length;
      offsets.set(hash, offset);
      data.raw(bytes);
    }
    const last = entries.at(-1);
    if (last && last.offset === offset && last.tileId + last.runLength === tileId) last.runLength++;
    else entries.push({ tileId, offset, length: bytes.length, runLength: 1 });
  }
  return { entries, data: data.bytes(), contents: offsets.size };
}

/** A PMTiles version 3 archive of gzipped vector tiles. @see https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md */
export function pmtilesArchive(tiles: readonly CutTile[], info: ArchiveInfo): Buffer {
  const { entries, data, contents } = pack(tiles);
  const { root, leaves } = directories(entries);
  const metadata = gzipSync(JSON.stringify(info.metadata));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("PMTiles");
  header[7] = 3;
  const sections = [root.length, metadata.length, leaves.length, data.length];
  let offset = HEADER_BYTES;
  sections.forEach((length, i) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + i * 16);
    offset += length;
  });
  [tiles.length, entries.length, contents].forEach((n, i) => header.writeBigUInt64LE(BigInt(n), 72 + i * 8));
  header.set([1, 2, 2, 1, info.minZoom, info.maxZoom], 96);
  info.bounds.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4));
  header[118] = info.centreZoom;
  info.centre.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 119 + i * 4));
  return Buffer.concat([header, root, metadata, leaves, data]);
}
