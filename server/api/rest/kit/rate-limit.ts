import "server-only";
import { LRUCache } from "lru-cache";
import { takeTokens } from "@/db/queries/rate-buckets";
import type { Actor } from "@/server/context";
import { database } from "@/server/database";
import { AppError } from "@/server/errors";
import { describeError, log } from "@/server/log";
import { hashToken } from "@/server/security/tokens";
import { singleton } from "@/server/singleton";

/** Requests this process may hand out without asking, and until when nothing more is to be had. */
type Share = { left: number; takenAtMs: number; emptyUntilMs: number };
type Limit = { perMinute: number; chunk: number };

const shares = () => singleton("rate-limits", () => new LRUCache<string, Share>({ max: 50_000 }));

/** A process asks for a thirtieth at a time: one question for twenty requests, and little that lies idle elsewhere. */
const limitOf = (perMinute: number): Limit => ({ perMinute, chunk: perMinute / 30 });
const TOKEN = limitOf(600);
const CONSOLE = limitOf(6_000);
const NETWORK: Limit = { perMinute: 60, chunk: 1 };
/** What was taken and not used is given up after this time: by then the bucket has filled again. */
const SHARE_LASTS_MS = 60_000;

const refuse = ({ perMinute }: Limit) =>
  new AppError("rate_limited", `at most ${perMinute} requests a minute`, [], Math.max(1, 60 / perMinute));

/** Takes one request of a caller's share, and another chunk for this process when there is none. */
async function take(key: string, limit: Limit, nowMs: number): Promise<Share> {
  const known = shares().get(key);
  const share =
    known && nowMs - known.takenAtMs < SHARE_LASTS_MS ? known : { left: 0, takenAtMs: nowMs, emptyUntilMs: 0 };
  shares().set(key, share);
  if (share.left < 1) {
    if (nowMs < share.emptyUntilMs) throw refuse(limit);
    const given = await ask(key, limit, nowMs);
    if (given === 0) share.emptyUntilMs = nowMs + 60_000 / limit.perMinute;
    share.left += given;
    share.takenAtMs = nowMs;
  }
  if (share.left < 1) throw refuse(limit);
  share.left -= 1;
  return share;
}

/** The bucket all processes share. While the database is away each process counts for itself. */
async function ask(key: string, { perMinute, chunk }: Limit, nowMs: number): Promise<number> {
  try {
    return await takeTokens(database(), key, { wanted: chunk, perMinute, now: new Date(nowMs) });
  } catch (error) {
    log().warn(describeError(error), "limits are kept by this process alone");
    return chunk;
  }
}

/** Takes one from a caller's bucket, whichever process is asked. @throws AppError rate_limited with Retry-After */
export async function takeForActor(actor: Actor, nowMs: number): Promise<void> {
  const isConsole = actor.kind === "user" && actor.roles.some((role) => role === "dispatcher" || role === "admin");
  const id = actor.kind === "user" ? actor.sessionId : actor.kind === "api_key" ? actor.apiKeyId : actor.name;
  await take(`a:${id}`, isConsole ? CONSOLE : TOKEN, nowMs);
}

/**
 * Takes one from a network's bucket before an unauthenticated call. Only failures count (a sign-in that succeeds does not):
 * call what it returns after a success.
 * @throws AppError rate_limited with Retry-After
 */
export async function takeFromNetwork(network: string, nowMs: number): Promise<() => void> {
  // An address is somebody's: the table that all processes share holds its hash.
  const share = await take(`n:${hashToken(network)}`, NETWORK, nowMs);
  return () => {
    share.left += 1;
  };
}
