import * as apps from "kubernetes-models/apps/v1";
import * as autoscaling from "kubernetes-models/autoscaling/v2";
import * as batch from "kubernetes-models/batch/v1";
import * as networking from "kubernetes-models/networking.k8s.io/v1";
import * as policy from "kubernetes-models/policy/v1";
import * as core from "kubernetes-models/v1";

export type Manifest = { apiVersion: string; kind: string; metadata: { name: string } } & Record<string, unknown>;
type Model = { prototype: { validate: () => void } };

const GROUPS: Record<string, Record<string, unknown>> = {
  v1: core,
  "apps/v1": apps,
  "autoscaling/v2": autoscaling,
  "batch/v1": batch,
  "networking.k8s.io/v1": networking,
  "policy/v1": policy,
};

/**
 * What the Kubernetes schemas have against a manifest. They let unknown fields pass, as the API server would drop them in
 * silence: a field that no rule of the schema ever looks at is unknown, and is named too.
 */
export function problemsOf(manifest: Manifest): string[] {
  const model = GROUPS[manifest.apiVersion]?.[manifest.kind] as Model | undefined;
  if (!model) return [`no schema for ${manifest.apiVersion} ${manifest.kind}`];
  const seen = new Set<string>();
  const watched = watch(manifest, "", seen);
  try {
    // A model of its own would be a copy, and copying reads every field.
    model.prototype.validate.call(watched);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return pathsOf(manifest, "")
    .filter((path) => !seen.has(path))
    .map((path) => `unknown field ${path}`);
}

/** Notes the path of each field that is read. */
function watch<T>(value: T, at: string, seen: Set<string>): T {
  if (value === null || typeof value !== "object") return value;
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === "symbol") return Reflect.get(target, key);
      seen.add(`${at}/${key}`);
      return watch(Reflect.get(target, key) as unknown, `${at}/${key}`, seen);
    },
  });
}

const pathsOf = (value: unknown, at: string): string[] =>
  value === null || typeof value !== "object"
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [`${at}/${key}`, ...pathsOf(inner, `${at}/${key}`)]);
