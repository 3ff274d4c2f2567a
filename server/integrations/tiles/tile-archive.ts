import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Compression, type Header, PMTiles, type RangeResponse, SharedPromiseCache, type Source } from "pmtiles";

const unzip = promisify(gunzip);

/** Byte ranges of a file that stays open: a newer file under the same name does not mix with the old one. */
class FileSource implements Source {
  constructor(
    private readonly file: FileHandle,
    private readonly key: string,
  ) {}

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.file.read(buffer, 0, length, offset);
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) };
  }

  getKey(): string {
    return this.key;
  }
}

async function decompress(data: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None || compression === Compression.Unknown) return data;
  if (compression !== Compression.Gzip) throw new Error(`PMTiles compression ${compression} is not supported`);
  const bytes = await unzip(Buffer.from(data));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** A tile as stored; `gzipped` says how. */
export type Tile = { data: ArrayBuffer; gzipped: boolean };

/** Vector tiles out of one PMTiles file. Directories are decompressed and cached, tiles are handed on as they are stored. */
export class TileArchive {
  private constructor(
    private readonly pmtiles: PMTiles,
    private readonly header: Header,
    /** Changes whenever the file does. */
    readonly version: string,
    private readonly file: FileHandle,
  ) {}

  /** @throws Error when there is no such file or it is no PMTiles archive */
  static async open(path: string): Promise<TileArchive> {
    const file = await open(path, "r");
    try {
      const { size, mtimeMs } = await file.stat();
      const version = `${size.toString(36)}-${Math.round(mtimeMs).toString(36)}`;
      const cache = new SharedPromiseCache(256, undefined, decompress);
      const pmtiles = new PMTiles(new FileSource(file, `${path}@${version}`), cache, (data) => Promise.resolve(data));
      return new TileArchive(pmtiles, await pmtiles.getHeader(), version, file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** One tile, or null where the archive has none. */
  async tile(z: number, x: number, y: number): Promise<Tile | null> {
    if (z < this.header.minZoom || z > this.header.maxZoom) return null;
    const found = await this.pmtiles.getZxy(z, x, y);
    return found ? { data: found.data, gzipped: this.header.tileCompression === Compression.Gzip } : null;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** The bytes of a tile for a client that does not take gzip. */
export const plainTile = (tile: Tile): Promise<ArrayBuffer> =>
  tile.gzipped ? decompress(tile.data, Compression.Gzip) : Promise.resolve(tile.data);
