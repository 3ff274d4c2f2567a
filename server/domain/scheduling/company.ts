import type { Plan } from "./plan";

/** Is nobody aboard with request p, linked into route k, who must not be? */
export function isApart(plan: Plan, p: number, k: number): boolean {
  const { n, apart } = plan.problem;
  const strangers = apart?.[p];
  if (!strangers?.some((other) => plan.routeOf[other] === k)) return true;
  let [aboard, met] = [false, 0];
  for (let v = plan.startOf(k); v !== p + n; v = plan.next[v] as number) {
    if (v === p) aboard = true;
    else if (v < n && strangers.includes(v)) met += 1;
    else if (v < 2 * n && strangers.includes(v - n)) met -= 1;
    if (aboard && met > 0) return false;
  }
  return true;
}

/** Does everybody who is aboard with request p, linked into route k, bear as many at once? */
export function isUncrowded(plan: Plan, p: number, k: number): boolean {
  const { n, mostAboard } = plan.problem;
  if (mostAboard === null) return true;
  const aboard = new Set<number>();
  for (let v = plan.startOf(k); v !== p + n; v = plan.next[v] as number) {
    if (v >= n) {
      aboard.delete(v - n);
      continue;
    }
    aboard.add(v);
    if (aboard.has(p)) for (const r of aboard) if (aboard.size > (mostAboard[r] as number)) return false;
  }
  return true;
}
