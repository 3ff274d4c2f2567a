import "server-only";
import { claimKey, findKey, finishKey, type IdempotencyScope, releaseKey } from "@/db/queries/idempotency";
import { keyFor } from "@/server/auth/secrets";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { open, seal } from "@/server/security/keys";
import { keyedHash } from "@/server/security/tokens";
import { read } from "@/server/services/unit-of-work";

const KEPT_MS = 24 * 3_600_000;
const ABANDONED_MS = 60_000;

const sealedAt = (scope: IdempotencyScope) => ({
  table: "idempotency_keys",
  column: "answer_enc",
  rowId: `${scope.credential}\0${scope.method}\0${scope.path}\0${scope.key}`,
});

const credentialOf = ({ actor }: Ctx): string =>
  actor.kind === "user" ? actor.userId : actor.kind === "api_key" ? actor.apiKeyId : actor.name;

type Once = { key: string; method: string; path: string; body: unknown; secretAnswer: boolean };

/**
 * Runs an action at most once per Idempotency-Key: the same key and body give the first answer again for 24 h.
 * @throws AppError rule_broken when the key came with another body, in_progress while the first is running
 */
export async function onceByKey(
  ctx: Ctx,
  { key, method, path, body, secretAnswer }: Once,
  act: () => Promise<Response>,
): Promise<Response> {
  if (key.length > 200)
    throw new AppError("invalid", "Idempotency-Key is too long", [
      { path: "Idempotency-Key", code: "too_big", message: "at most 200 characters" },
    ]);
  const scope: IdempotencyScope = { agencyId: ctx.actor.agencyId, credential: credentialOf(ctx), method, path, key };
  // Keyed: a body may hold a password or a patient's name, which could be guessed from a plain hash.
  const bodyHash = keyedHash(keyFor("idempotency"), JSON.stringify(body ?? null));
  const times = {
    now: ctx.now,
    forgottenBefore: new Date(ctx.now.getTime() - KEPT_MS),
    abandonedBefore: new Date(ctx.now.getTime() - ABANDONED_MS),
  };
  if (!(await read(ctx, (tx) => claimKey(tx, scope, bodyHash, times)))) return replay(ctx, scope, bodyHash);
  const answer = await act();
  const forgets = answer.status >= 500 || answer.status === 429 || secretAnswer;
  if (forgets) {
    await read(ctx, (tx) => releaseKey(tx, scope));
    return answer;
  }
  const text = await answer.text();
  await read(ctx, (tx) => finishKey(tx, scope, answer.status, seal(sealedAt(scope), text)));
  return new Response(answer.status === 204 ? null : text, { status: answer.status, headers: answer.headers });
}

async function replay(ctx: Ctx, scope: IdempotencyScope, bodyHash: string): Promise<Response> {
  const found = await read(ctx, (tx) => findKey(tx, scope));
  if (!found || !found.done)
    throw new AppError("in_progress", "the first request with this key is still running", [], 1);
  if (found.bodyHash !== bodyHash) {
    throw new AppError("rule_broken", "this Idempotency-Key was used with another body", [
      { path: "Idempotency-Key", code: "key_reused", message: "used with another body" },
    ]);
  }
  const status = found.status ?? 200;
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store", "Idempotency-Replayed": "true" };
  return new Response(status === 204 ? null : open(sealedAt(scope), found.answerEnc), { status, headers });
}
