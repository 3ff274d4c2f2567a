import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** An instance, what its set allows in time, and the best cost anybody has published. */
export type Case = {
  name: string;
  file: string;
  set: string;
  seconds: number;
  severalDepots: boolean;
  best: number | null;
};

/** The sets of instances by the shape of their names, with the seconds that their targets are set for. */
const SETS = [
  { set: "het", shape: /het\w*$/, seconds: 120, severalDepots: true },
  { set: "pr", shape: /^pr\d+$/, seconds: 60, severalDepots: false },
  { set: "ab", shape: /^[ab]\d+-\d+$/, seconds: 30, severalDepots: false },
] as const;

/** Best known costs as the README beside the instances lists them: `name cost`, separated by dots. */
export function bestKnown(readme: string): Map<string, number> {
  const pairs = readme.matchAll(/(?:^|[\s·])((?:pr\d+|[ab]\d+-\d+\w*)) (\d+\.\d+)/g);
  return new Map([...pairs].map(([, name = "", cost]) => [name, Number(cost)]));
}

/** @throws Error when the folder holds no library */
export function readLibrary(folder: string): Case[] {
  const instances = path.join(folder, "instances");
  if (!existsSync(instances))
    throw new Error(`there are no instances in ${instances}; RUNBOARD_SHARED names their parent`);
  const best = bestKnown(readFileSync(path.join(folder, "README.md"), "utf8"));
  return readdirSync(instances).flatMap((entry): Case[] => {
    const name = entry.replace(/\.txt$/, "");
    const set = SETS.find(({ shape }) => shape.test(name));
    if (!set) return [];
    const { shape: _shape, ...rest } = set;
    return [{ name, file: path.join(instances, entry), best: best.get(name) ?? null, ...rest }];
  });
}
