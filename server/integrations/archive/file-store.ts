import "server-only";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { newId } from "@/server/ids";
import type { ArchiveStore } from "./archive-store";

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

/** Files under a folder. A file is written beside its place, flushed and then renamed, so a crash leaves no half of it. */
export function fileStore(folder: string): ArchiveStore {
  const place = (key: string) => {
    const file = path.resolve(folder, key);
    if (!file.startsWith(path.resolve(folder) + path.sep)) throw new Error("a key outside the archive");
    return file;
  };
  return {
    put: async (key, body) => {
      const file = place(key);
      const draft = `${file}.${newId()}.tmp`;
      await mkdir(path.dirname(file), { recursive: true });
      try {
        await writeFlushed(draft, body);
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await flushFolder(path.dirname(file));
    },
    get: async (key, range) => {
      const handle = await openExisting(place(key));
      if (!handle) return null;
      try {
        if (!range) return await handle.readFile();
        const part = Buffer.alloc(range.length);
        const { bytesRead } = await handle.read(part, 0, range.length, range.offset);
        return part.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
  };
}

async function openExisting(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function writeFlushed(file: string, body: Buffer): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(body);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
