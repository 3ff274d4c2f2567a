import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { singleton } from "@/server/singleton";
import { gate } from "./gate";
import { newToken } from "./tokens";

/** argon2id as OWASP recommends it: 19 MiB, 2 passes, 1 lane; about 25 ms of one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Two at a time, so that a storm of sign-ins leaves threads and memory to everybody else. */
const turn = () => singleton("password-gate", () => gate({ running: 2, waiting: 200 }));
/** A hash nobody knows the password of: an unknown e-mail costs the same time as a known one. */
const nobody = () => singleton("password-nobody", () => hash(newToken(), COST));

export const hashPassword = (password: string): Promise<string> => turn()(() => hash(password, COST));

/**
 * Does the password fit? Takes as long for an account without one.
 * @throws AppError unavailable when too many wait
 */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const against = passwordHash ?? (await nobody());
  const fits = await turn()(() => verify(against, password));
  return fits && Boolean(passwordHash);
}
