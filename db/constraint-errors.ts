import { AppError } from "@/server/errors";

/** What to answer when this constraint refuses a write: a conflict with another row, or a row that is not there (422). */
export type Refusal = { path: string; code: string; message: string; as?: "conflict" | "rule_broken" };

/** The constraint of PostgreSQL that refused a statement, if that is what the error says. */
export function violatedConstraint(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") return undefined;
  if (!cause.code.startsWith("23") || !("constraint_name" in cause)) return undefined;
  return typeof cause.constraint_name === "string" ? cause.constraint_name : undefined;
}

/**
 * Runs statements; a violated constraint that is named here becomes the error a caller may see. The transaction is lost.
 * @throws AppError conflict (409), or rule_broken (422) where `as` says so
 */
export async function refusing<T>(refusals: Record<string, Refusal>, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const refusal = refusals[violatedConstraint(error) ?? ""];
    if (!refusal) throw error;
    const { as = "conflict", ...reason } = refusal;
    throw new AppError(as, reason.message, [reason]);
  }
}
