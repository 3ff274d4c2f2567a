import type { Problem, ProblemInput, RequestInput } from "./problem";

/** Extra costs at [request * m + vehicle], or null when there are none. */
export function pairCosts(requests: readonly RequestInput[], m: number): Float64Array | null {
  if (!requests.some(({ costs }) => costs?.some((cost) => cost !== 0))) return null;
  const all = new Float64Array(requests.length * m);
  requests.forEach(({ costs }, r) => {
    costs?.forEach((cost, k) => {
      if (k < m) all[r * m + k] = cost;
    });
  });
  return all;
}

/** Groups that overlap are one group. */
function merged(n: number, groups: readonly (readonly number[])[]): (readonly number[] | null)[] {
  const groupOf: (Set<number> | null)[] = Array.from({ length: n }, () => null);
  for (const group of groups) {
    const members = group.filter((r) => r >= 0 && r < n);
    const all = new Set(members.flatMap((r) => [...(groupOf[r] ?? [r])]));
    if (all.size > 1) for (const r of all) groupOf[r] = all;
  }
  return groupOf.map((group) => (group ? [...group].toSorted((a, b) => a - b) : null));
}

/** How many requests each bears aboard with it, or null where that is no matter to any. */
const crowds = (requests: readonly RequestInput[]): Float64Array | null =>
  requests.some(({ mostAboard }) => mostAboard !== undefined)
    ? Float64Array.from(requests, ({ mostAboard }) => mostAboard ?? Number.POSITIVE_INFINITY)
    : null;

/** Who goes with whom, who does not, and how many at once, by request. */
export function partners({
  requests,
  together,
  apart,
}: ProblemInput): Pick<Problem, "together" | "apart" | "mostAboard"> {
  const n = requests.length;
  const strangers: (number[] | null)[] = Array.from({ length: n }, () => null);
  const add = (a: number, b: number) => {
    strangers[a] = [...(strangers[a] ?? []), b];
  };
  for (const [a, b] of apart ?? []) {
    if (a === b || a >= n || b >= n) continue;
    add(a, b);
    add(b, a);
  }
  return {
    together: together?.length ? merged(n, together) : null,
    apart: apart?.length ? strangers : null,
    mostAboard: crowds(requests),
  };
}
