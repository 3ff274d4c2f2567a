import "server-only";
import { LRUCache } from "lru-cache";
import type { Actor } from "@/server/context";
import { AppError } from "@/server/errors";
import { singleton } from "@/server/singleton";

type Bucket = { tokens: number; atMs: number };
const buckets = () => singleton("rate-limits", () => new LRUCache<string, Bucket>({ max: 50_000 }));

const PER_TOKEN = 600;
const PER_CONSOLE = 6_000;
const PER_NETWORK = 60;

function refill(key: string, perMinute: number, nowMs: number): Bucket {
  const bucket = buckets().get(key) ?? { tokens: perMinute, atMs: nowMs };
  const gained = (Math.max(0, nowMs - bucket.atMs) / 60_000) * perMinute;
  const fresh = { tokens: Math.min(perMinute, bucket.tokens + gained), atMs: nowMs };
  buckets().set(key, fresh);
  return fresh;
}

const refuse = (perMinute: number) =>
  new AppError("rate_limited", `at most ${perMinute} requests a minute`, [], Math.max(1, 60 / perMinute));

/** Takes one from a caller's bucket. @throws AppError rate_limited with Retry-After */
export function takeForActor(actor: Actor, nowMs: number): void {
  const isConsole = actor.kind === "user" && actor.roles.some((role) => role === "dispatcher" || role === "admin");
  const perMinute = isConsole ? PER_CONSOLE : PER_TOKEN;
  const id = actor.kind === "user" ? actor.sessionId : actor.kind === "api_key" ? actor.apiKeyId : actor.name;
  const bucket = refill(`a:${id}`, perMinute, nowMs);
  if (bucket.tokens < 1) throw refuse(perMinute);
  bucket.tokens -= 1;
}

/** Before an unauthenticated call: has this network used up its share? @throws AppError rate_limited */
export function checkNetwork(network: string, nowMs: number): void {
  if (refill(`n:${network}`, PER_NETWORK, nowMs).tokens < 1) throw refuse(PER_NETWORK);
}

/** After an unauthenticated call that failed: it counts. One that succeeded (a sign-in) does not. */
export function countAgainstNetwork(network: string, nowMs: number): void {
  refill(`n:${network}`, PER_NETWORK, nowMs).tokens -= 1;
}
