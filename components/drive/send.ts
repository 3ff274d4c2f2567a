import { refusalOf, refusalText } from "@/components/lib/errors";
import type { QueuedFix } from "./drive-db";
import type { SendResult } from "./press-queue";

/** Refusals that say nothing about the press itself: it waits until they are over. */
const PASSING = new Set(["offline", "unauthenticated", "rate_limited", "unavailable", "in_progress", "internal"]);

/** Runs one send and says what became of it. */
export async function outcomeOf(send: () => Promise<unknown>): Promise<SendResult> {
  try {
    await send();
    return { kind: "sent" };
  } catch (error) {
    return PASSING.has(refusalOf(error).code)
      ? { kind: "unreachable" }
      : { kind: "refused", reason: refusalText(error) };
  }
}

/** Posts fixes with this phone's device token, as any GPS app does. */
export async function postFixes(
  token: string,
  fixes: readonly QueuedFix[],
): Promise<"sent" | "unreachable" | "bad_token"> {
  const body = JSON.stringify({ fixes: fixes.map(({ id: _id, userId: _userId, ...fix }) => withoutUnknowns(fix)) });
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
  try {
    const response = await fetch("/api/v1/positions", { method: "POST", headers, body, credentials: "omit" });
    if (response.ok) return "sent";
    return response.status === 401 ? "bad_token" : "unreachable";
  } catch (error) {
    if (error instanceof TypeError) return "unreachable";
    throw error;
  }
}

const withoutUnknowns = (fix: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fix).filter(([, value]) => value !== null && value !== undefined));
