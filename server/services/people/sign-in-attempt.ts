import "server-only";
import type { Db } from "@/db/client";
import { accountFailures, clearFailures, insertFailure, isKnownDevice, networkFailures } from "@/db/queries/sign-in";
import { keyFor } from "@/server/auth/secrets";
import {
  accountWaitS,
  FAILURES_COUNT_S,
  MAX_FAILURES,
  NETWORK_FAILURES_A_MINUTE,
  networkWaitS,
} from "@/server/domain/people/sign-in-throttle";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { hashToken, keyedHash } from "@/server/security/tokens";
import type { Visitor } from "./visitor";

export type Attempt = {
  accountKey: string;
  /** Counts this attempt as failed. */
  fail: () => Promise<void>;
  /** @throws AppError rate_limited when other attempts locked the e-mail meanwhile */
  refuseIfLocked: () => Promise<void>;
};

const before = (now: Date, seconds: number) => new Date(now.getTime() - seconds * 1000);
const refuse = (waitS: number) => new AppError("rate_limited", "too many failed sign-ins: wait a while", [], waitS);

const accountKeyOf = (email: string, device = ""): string =>
  keyedHash(keyFor("sign-in-failures"), "email", email, device);

/** Somebody set a new password by a link: what was typed wrong before counts no more. */
export const clearLockout = (tx: Pick<Db, "delete">, email: string): Promise<void> =>
  clearFailures(tx, accountKeyOf(email));

/**
 * Begins an attempt, unless earlier failures of this e-mail or this network make it wait. A device that the account
 * knows is counted by itself, so that nobody else can lock it out. An e-mail without an account is treated alike.
 * @throws AppError rate_limited with the seconds to wait
 */
export async function openAttempt(visitor: Visitor, email: string, accountId: string | undefined): Promise<Attempt> {
  const { db, now, network, deviceToken } = visitor;
  const device = deviceToken ? hashToken(deviceToken) : undefined;
  const known = Boolean(accountId && device && (await isKnownDevice(db, accountId, device)));
  const accountKey = accountKeyOf(email, known && device ? device : "");
  const networkKey = keyedHash(keyFor("sign-in-failures"), "network", network);
  const failures = () => accountFailures(db, accountKey, before(now, FAILURES_COUNT_S), MAX_FAILURES);
  const fail = () => insertFailure(db, { id: newId(), accountKey, networkKey, at: now });

  const [ofAccount, ofNetwork] = await Promise.all([
    failures(),
    networkFailures(db, networkKey, before(now, 60), NETWORK_FAILURES_A_MINUTE),
  ]);
  const networkWait = networkWaitS(ofNetwork, now);
  if (networkWait > 0) throw refuse(networkWait);
  const wait = accountWaitS(ofAccount, now, known);
  // Who does not wait counts too, up to the lock: it is over 15 min after the failures that led to it.
  if (wait > 0 && ofAccount.length < MAX_FAILURES) await fail();
  if (wait > 0) throw refuse(wait);
  return {
    accountKey,
    fail,
    refuseIfLocked: async () => {
      const meanwhile = await failures();
      if (!known && meanwhile.length >= MAX_FAILURES) throw refuse(accountWaitS(meanwhile, now));
    },
  };
}
