import { parseArgs } from "node:util";

export type Options = {
  file: string;
  /** One of the two is set: how long to search, or how far. */
  seconds: number | null;
  iterations: number | null;
  severalDepots: boolean;
  seed: number;
  threads: number;
  out: string | null;
  /** File for one line per better plan: when it was found, its cost, whether it is full. */
  trace: string | null;
};

export const USAGE =
  "usage: npm run --silent solve:darp -- FILE --seconds N | --iterations N [--md] [--seed S] [--threads T] [--out solution.json] [--trace FILE]";

function number(name: string, text: string, low: number, high: number, whole: boolean): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
    throw new Error(`--${name} is ${whole ? "a whole number" : "a number"} of ${low} to ${high}; ${USAGE}`);
  return value;
}

/** @throws Error with what is wrong, in one line, for a person to read */
export function readOptions(argv: string[], cores: number): Options {
  const text = { type: "string" as const };
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      seconds: text,
      iterations: text,
      seed: text,
      threads: text,
      out: text,
      trace: text,
      md: { type: "boolean" },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(USAGE);
  if (values.seconds !== undefined && values.iterations !== undefined)
    throw new Error(`--seconds and --iterations exclude each other; ${USAGE}`);
  const iterations = values.iterations === undefined ? null : number("iterations", values.iterations, 0, 1e9, true);
  return {
    file,
    iterations,
    out: values.out ?? null,
    trace: values.trace ?? null,
    severalDepots: values.md ?? false,
    seconds: iterations === null ? number("seconds", values.seconds ?? "30", 0.1, 86_400, false) : null,
    seed: number("seed", values.seed ?? "1", 0, 2 ** 31 - 1, true),
    threads: number("threads", values.threads ?? String(iterations === null ? cores : 1), 1, 64, true),
  };
}
