import type { RoadGraph } from "./graph";

const MAGIC = "RBROADS1";
const TYPES = { u8: Uint8Array, i32: Int32Array, u32: Uint32Array, f32: Float32Array };
const ARRAYS = {
  nodeLonE7: "i32",
  nodeLatE7: "i32",
  edgeFrom: "u32",
  edgeTo: "u32",
  edgeClass: "u8",
  edgeFlags: "u8",
  edgeSpeedMps: "f32",
  edgeLengthM: "f32",
  edgeName: "u32",
  edgeRef: "u32",
  edgePlace: "u32",
  edgeZip: "u32",
  houseNumbers: "i32",
  shapeStart: "u32",
  shapeLonE7: "i32",
  shapeLatE7: "i32",
} as const satisfies Record<string, keyof typeof TYPES>;
const TABLES = ["names", "refs", "places", "zips"] as const;
type ArrayName = keyof typeof ARRAYS;
type Header = { tables: Record<(typeof TABLES)[number], string[]>; lengths: Record<ArrayName, number> };

const names = Object.keys(ARRAYS) as ArrayName[];
const padded = (bytes: number) => Math.ceil(bytes / 8) * 8;

/** A road graph as one file: magic, header length, JSON header, then the arrays in order, each on a multiple of 8 bytes, little endian. */
export function encodeRoadGraph(graph: RoadGraph): Uint8Array {
  const lengths = Object.fromEntries(names.map((n) => [n, graph[n].length]));
  const tables = Object.fromEntries(TABLES.map((t) => [t, graph[t]]));
  const header = new TextEncoder().encode(JSON.stringify({ tables, lengths }));
  const start = padded(12 + header.length);
  const out = new Uint8Array(names.reduce((sum, n) => sum + padded(graph[n].byteLength), start));
  out.set(new TextEncoder().encode(MAGIC));
  new DataView(out.buffer).setUint32(8, header.length, true);
  out.set(header, 12);
  let offset = start;
  for (const n of names) {
    const { buffer, byteOffset, byteLength } = graph[n];
    out.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += padded(byteLength);
  }
  return out;
}

/**
 * Reads what `encodeRoadGraph` wrote. Arrays are copies, so the file's bytes may be dropped.
 * @throws RangeError when the bytes are not a road graph
 */
export function decodeRoadGraph(bytes: Uint8Array): RoadGraph {
  if (new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) throw new RangeError("not a road graph file");
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + headerLength))) as Header;
  const offsets = new Map<ArrayName, number>();
  let end = padded(12 + headerLength);
  for (const name of names) {
    offsets.set(name, end);
    end += padded(header.lengths[name] * TYPES[ARRAYS[name]].BYTES_PER_ELEMENT);
  }
  if (end > bytes.length) throw new RangeError("road graph file is cut short");
  const section = (name: ArrayName): ArrayBuffer => {
    const start = offsets.get(name) ?? 0;
    const length = header.lengths[name] * TYPES[ARRAYS[name]].BYTES_PER_ELEMENT;
    // Not `slice`: a Node Buffer answers that with a view of its whole pool.
    const copy = new Uint8Array(length);
    copy.set(bytes.subarray(start, start + length));
    return copy.buffer;
  };
  const i32 = (name: ArrayName) => new Int32Array(section(name));
  const u32 = (name: ArrayName) => new Uint32Array(section(name));
  return {
    ...header.tables,
    nodeLonE7: i32("nodeLonE7"),
    nodeLatE7: i32("nodeLatE7"),
    edgeFrom: u32("edgeFrom"),
    edgeTo: u32("edgeTo"),
    edgeClass: new Uint8Array(section("edgeClass")),
    edgeFlags: new Uint8Array(section("edgeFlags")),
    edgeSpeedMps: new Float32Array(section("edgeSpeedMps")),
    edgeLengthM: new Float32Array(section("edgeLengthM")),
    edgeName: u32("edgeName"),
    edgeRef: u32("edgeRef"),
    edgePlace: u32("edgePlace"),
    edgeZip: u32("edgeZip"),
    houseNumbers: i32("houseNumbers"),
    shapeStart: u32("shapeStart"),
    shapeLonE7: i32("shapeLonE7"),
    shapeLatE7: i32("shapeLatE7"),
  };
}
