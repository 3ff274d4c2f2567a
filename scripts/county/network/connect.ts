import { at, lengthOf } from "../geometry";
import type { Street } from "../streets/street";
import type { Junctions, Stretch } from "./node-streets";

/**
 * Strongly connected components of a directed graph.
 * @param out - for each node, the nodes it leads to
 * @returns the component of each node
 * @see R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972), in its iterative form
 */
export function strongComponents(out: readonly (readonly number[])[]): Int32Array {
  const n = out.length;
  const [order, low, component] = [new Int32Array(n).fill(-1), new Int32Array(n), new Int32Array(n).fill(-1)];
  const [stack, path]: [number[], { node: number; next: number }[]] = [[], []];
  let [counter, components] = [0, 0];
  for (let root = 0; root < n; root++) {
    if (order[root] !== -1) continue;
    path.push({ node: root, next: 0 });
    while (path.length > 0) {
      const frame = at(path, -1);
      const v = frame.node;
      if (frame.next === 0) {
        order[v] = low[v] = counter++;
        stack.push(v);
      }
      const w = at(out, v)[frame.next++];
      if (w !== undefined) {
        if (order[w] === -1) path.push({ node: w, next: 0 });
        else if (component[w] === -1) low[v] = Math.min(low[v] ?? 0, order[w] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) low[parent.node] = Math.min(low[parent.node] ?? 0, low[v] ?? 0);
      if (low[v] !== order[v]) continue;
      for (let w2 = stack.pop(); w2 !== undefined; w2 = stack.pop()) {
        component[w2] = components;
        if (w2 === v) break;
      }
      components++;
    }
  }
  return component;
}

function largest(component: Int32Array): number {
  const sizes = new Map<number, number>();
  for (const c of component) sizes.set(c, (sizes.get(c) ?? 0) + 1);
  return [...sizes].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}

const arcs = (count: number, stretches: readonly Stretch[], oneway: (s: Stretch) => boolean): number[][] => {
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const s of stretches) {
    at(out, s.from).push(s.to);
    if (!oneway(s)) at(out, s.to).push(s.from);
  }
  return out;
};

/** Removes loose ends shorter than `shorterThanM`, and any dead end on a bridge or a ramp, until none is left. */
function prune(stretches: Stretch[], streets: readonly Street[], shorterThanM: number): Stretch[] {
  for (let kept = stretches; ; ) {
    const degree = new Map<number, number>();
    for (const s of kept) for (const node of [s.from, s.to]) degree.set(node, (degree.get(node) ?? 0) + 1);
    const next = kept.filter((s) => {
      const loose = degree.get(s.from) === 1 || degree.get(s.to) === 1;
      const street = at(streets, s.street);
      return !loose || (lengthOf(s.points) >= shorterThanM && !street.bridge && street.layer === "ground");
    });
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** What can be reached from everywhere and can reach everywhere: one-way streets that would strand somebody become two-way. */
export function keepConnected(joined: Junctions, streets: Street[]): Stretch[] {
  let stretches = prune(joined.stretches, streets, 14);
  const count = joined.nodes.length;
  const weak = strongComponents(arcs(count, stretches, () => false));
  const main = largest(weak);
  stretches = stretches.filter((s) => weak[s.from] === main);
  const oneway = (s: Stretch) => at(streets, s.street).oneway;
  const first = strongComponents(arcs(count, stretches, oneway));
  const core = largest(first);
  for (const s of stretches) {
    const street = at(streets, s.street);
    if (street.layer === "ground" && (first[s.from] !== core || first[s.to] !== core)) street.oneway = false;
  }
  const second = strongComponents(arcs(count, stretches, oneway));
  const final = largest(second);
  return stretches.filter((s) => second[s.from] === final && second[s.to] === final);
}
