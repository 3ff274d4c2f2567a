import "server-only";
import {
  holdKey,
  type IdempotencyScope,
  type RememberedAnswer,
  rememberAnswer,
  rememberedAnswer,
} from "@/db/queries/idempotency";
import { keyFor } from "@/server/auth/secrets";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { open, seal } from "@/server/security/keys";
import { keyedHash } from "@/server/security/tokens";
import { asOneTransaction } from "@/server/services/unit-of-work";

const KEPT_MS = 24 * 3_600_000;

const sealedAt = (scope: IdempotencyScope) => ({
  table: "idempotency_keys",
  column: "answer_enc",
  rowId: `${scope.credential}\0${scope.method}\0${scope.path}\0${scope.key}`,
});

const credentialOf = ({ actor }: Ctx): string =>
  actor.kind === "user" ? actor.userId : actor.kind === "api_key" ? actor.apiKeyId : actor.name;

type Once = { key: string; method: string; path: string; body: unknown; secretAnswer: boolean };

/** An answer that is not to be remembered: what the action did is undone with it. */
class Forgotten extends Error {
  constructor(readonly answer: Response) {
    super("the action failed and is undone");
  }
}

/**
 * Runs an action at most once per Idempotency-Key: the same key and body give the first answer again for 24 h. The
 * action's changes and the answer are stored in one transaction, so neither is ever there without the other.
 * @param act - answers, errors included; does all its work through the Ctx it is given
 * @throws AppError rule_broken when the key came with another body, in_progress while the first is running
 */
export async function onceByKey(
  ctx: Ctx,
  { key, method, path, body, secretAnswer }: Once,
  act: (ctx: Ctx) => Promise<Response>,
): Promise<Response> {
  if (key.length > 200)
    throw new AppError("invalid", "Idempotency-Key is too long", [
      { path: "Idempotency-Key", code: "too_big", message: "at most 200 characters" },
    ]);
  const scope: IdempotencyScope = { agencyId: ctx.actor.agencyId, credential: credentialOf(ctx), method, path, key };
  // Keyed: a body may hold a password or a patient's name, which could be guessed from a plain hash.
  const bodyHash = keyedHash(keyFor("idempotency"), JSON.stringify(body ?? null));
  const since = new Date(ctx.now.getTime() - KEPT_MS);
  const once = asOneTransaction(ctx, async (tx, within) => {
    if (!(await holdKey(tx, scope))) {
      throw new AppError("in_progress", "the first request with this key is still running", [], 1);
    }
    const first = await rememberedAnswer(tx, scope, since);
    if (first) return replay(scope, bodyHash, first);
    const answer = await act(within);
    if (answer.status >= 500 || answer.status === 429) throw new Forgotten(answer);
    if (secretAnswer) return answer;
    const text = await answer.text();
    const answerEnc = seal(sealedAt(scope), text);
    await rememberAnswer(tx, scope, { bodyHash, status: answer.status, answerEnc, createdAt: ctx.now });
    return new Response(answer.status === 204 ? null : text, { status: answer.status, headers: answer.headers });
  });
  return once.catch((error: unknown) => {
    if (error instanceof Forgotten) return error.answer;
    throw error;
  });
}

function replay(scope: IdempotencyScope, bodyHash: string, first: RememberedAnswer): Response {
  if (first.bodyHash !== bodyHash) {
    throw new AppError("rule_broken", "this Idempotency-Key was used with another body", [
      { path: "Idempotency-Key", code: "key_reused", message: "used with another body" },
    ]);
  }
  const { status, answerEnc } = first;
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store", "Idempotency-Replayed": "true" };
  return new Response(status === 204 ? null : open(sealedAt(scope), answerEnc), { status, headers });
}
