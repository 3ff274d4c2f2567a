import "server-only";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";

/** One sealed sheet, as a file. The name tells nothing of whom it is about. */
export type SealedSheet = { name: string; text: string };

const SET = /^\d{8}T\d{6}Z$/;
/** `2027-03-03T15:00:00.000Z` as a folder's name. */
export const setName = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

const timeOf = (set: string): number =>
  Date.parse(set.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"));

/** Folders of sealed run sheets: `<root>/<agency>/<set>/<sheet>`. A set is there as a whole or not at all. */
export function sheetFolder(root: string) {
  const setsOf = async (agencyId: string): Promise<string[]> =>
    (await readdir(path.join(root, agencyId))).filter((name) => SET.test(name)).sort();
  return {
    write: async (agencyId: string, at: Date, sheets: readonly SealedSheet[]): Promise<void> => {
      const place = path.join(root, agencyId, setName(at));
      const draft = `${place}.new`;
      await rm(draft, { recursive: true, force: true });
      await mkdir(draft, { recursive: true, mode: 0o700 });
      for (const { name, text } of sheets) await writeFlushed(path.join(draft, name), text);
      await rm(place, { recursive: true, force: true });
      await rename(draft, place);
    },
    /** Removes all but the newest `most` sets of each agency, and those from before `oldest`. */
    prune: async ({ most, oldest }: { most: number; oldest: Date }): Promise<void> => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const agencies = await readdir(root);
      for (const agencyId of agencies) {
        const sets = await setsOf(agencyId);
        const gone = sets.filter((set, i) => i < sets.length - most || timeOf(set) < oldest.getTime());
        for (const set of gone) await rm(path.join(root, agencyId, set), { recursive: true, force: true });
      }
    },
  };
}

async function writeFlushed(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
