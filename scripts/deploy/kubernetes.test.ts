import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { EnvSchema } from "@/server/env";
import { type Manifest, problemsOf } from "./kubernetes-schemas";

const DIR = "deploy/k8s";
type Container = {
  args?: string[];
  env?: { name: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  readinessProbe?: { httpGet: { path: string } };
  livenessProbe?: { httpGet: { path: string } };
  securityContext?: Record<string, unknown>;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
};
type PodTemplate = {
  metadata: { labels: Record<string, string> };
  spec: { containers: Container[]; securityContext?: Record<string, unknown> };
};

const files = readdirSync(DIR).filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml");
const manifests = files.flatMap((file) =>
  parseAllDocuments(readFileSync(path.join(DIR, file), "utf8")).map((doc) => doc.toJS() as Manifest),
);
const ofKind = (...kinds: string[]) => manifests.filter(({ kind }) => kinds.includes(kind));
const specOf = <T>({ spec }: Manifest) => spec as T;
const named = (one: Manifest): [string, Manifest] => [`${one.kind} ${one.metadata.name}`, one];

const pods = ofKind("Deployment", "Job", "CronJob").map((one): [string, PodTemplate] => {
  const spec = specOf<{ template?: PodTemplate; jobTemplate?: { spec: { template: PodTemplate } } }>(one);
  return [named(one)[0], (spec.template ?? spec.jobTemplate?.spec.template) as PodTemplate];
});
const labelsOfPods = pods.map(([, pod]) => pod.metadata.labels["app.kubernetes.io/name"]);
const config = ofKind("ConfigMap")[0]?.data as Record<string, string>;

test.each(manifests.map(named))("the Kubernetes schemas know every field of %s", (_name, manifest) => {
  expect(problemsOf(manifest)).toEqual([]);
});

test("a wrong type, a missing field and a misspelt one are found", () => {
  const [deployment] = ofKind("Deployment");
  const broken = (change: Record<string, unknown>) =>
    problemsOf({ ...(deployment as Manifest), spec: { ...(deployment?.spec as object), ...change } });
  expect(broken({ replicas: "three" })).toEqual([expect.stringContaining("must be integer")]);
  expect(broken({ template: undefined })).toEqual([expect.stringContaining("template")]);
  expect(broken({ replica: 3 })).toEqual(["unknown field /spec/replica"]);
});

test("kustomize applies every file but the migration, which is a step of its own", () => {
  const { resources } = parse(readFileSync(path.join(DIR, "kustomization.yaml"), "utf8")) as { resources: string[] };
  expect([...resources, "migrate.yaml"].sort()).toEqual([...files].sort());
});

test.each(pods)("%s runs unprivileged, with bounds, and its secrets come by reference", (_name, pod) => {
  expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
  for (const container of pod.spec.containers) {
    expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    expect(container.resources?.requests).toHaveProperty("cpu");
    expect(container.resources?.limits).toHaveProperty("memory");
    const plain = (container.env ?? []).filter(({ valueFrom }) => !valueFrom?.secretKeyRef).map(({ name }) => name);
    expect(plain.filter((name) => /SECRET$|PASSWORD|TOKEN|_KEYS?$|URL$/.test(name) && !/APP_KEY/.test(name))).toEqual(
      [],
    );
  }
});

test("what is in the config map is known, and none of it is a secret", () => {
  expect(Object.keys(config).filter((name) => !(name in EnvSchema.shape))).toEqual([]);
  expect(Object.keys(config).filter((name) => /SECRET|TOKEN|PASSWORD|PHI|_KEY|DATABASE.*URL/.test(name))).toEqual([]);
});

test("services, budgets and policies select pods that exist", () => {
  for (const one of ofKind("Service", "PodDisruptionBudget", "NetworkPolicy")) {
    const spec = specOf<{ selector?: object; podSelector?: object }>(one);
    const wanted = JSON.stringify(spec.selector ?? spec.podSelector);
    const names = [...wanted.matchAll(/"app\.kubernetes\.io\/name":"(\w+)"/g)].map(([, name]) => name);
    for (const name of names) expect(labelsOfPods).toContain(name);
  }
});

test("web scales from 3 to 30, and an evicted node takes at most one of its pods at a time", () => {
  const web = (kind: string) => ofKind(kind).find(({ metadata }) => metadata.name === "web");
  expect(web("HorizontalPodAutoscaler")?.spec).toMatchObject({ minReplicas: 3, maxReplicas: 30 });
  expect(web("PodDisruptionBudget")?.spec).toMatchObject({ minAvailable: 2 });
  expect(web("Deployment")?.spec).toMatchObject({ strategy: { rollingUpdate: { maxUnavailable: 0 } } });
});

test("our probes ask what our processes answer", () => {
  for (const [name, pod] of pods.filter(([one]) => /web|worker/.test(one))) {
    for (const { livenessProbe, readinessProbe } of pod.spec.containers) {
      expect([name, livenessProbe?.httpGet.path, readinessProbe?.httpGet.path]).toEqual([
        name,
        "/api/health",
        "/api/ready",
      ]);
    }
  }
  expect(existsSync("app/api/health/route.ts") && existsSync("app/api/ready/route.ts")).toBe(true);
});

test("programs and jobs that are named exist", () => {
  const jobNames = readdirSync("server/jobs").flatMap((file) =>
    [...readFileSync(path.join("server/jobs", file), "utf8").matchAll(/^ {2}name: "([a-z-]+)"/gm)].map(
      ([, job]) => job,
    ),
  );
  const built = readFileSync("scripts/lib/build.mjs", "utf8");
  for (const [, pod] of pods) {
    for (const arg of pod.spec.containers.flatMap(({ args = [] }) => args)) {
      const program = /^\.build\/([a-z-]+)\.mjs$/.exec(arg)?.[1];
      if (program) expect(built).toMatch(new RegExp(`["']?${program}["']?: "`));
      const job = /\/api\/jobs\/([a-z-]+)/.exec(arg)?.[1];
      if (job) expect(jobNames).toContain(job);
    }
  }
});
