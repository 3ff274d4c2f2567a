import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/api/root";

export type RefusalReason = { path?: string; code: string; message: string; current?: unknown };
/** Why something was refused, for eyes and for forms. `offline` when the server was not reached at all. */
export type Refusal = { code: string; message: string; reasons: readonly RefusalReason[] };

const sentence = (text: string) => (text === "" ? text : text.charAt(0).toUpperCase() + text.slice(1));

/** Reads an error of the API: what to say, and which field it belongs to. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof TRPCClientError)) return { code: "internal", message: "This failed. Try again.", reasons: [] };
  const { data, message } = error as TRPCClientError<AppRouter>;
  if (!data) return { code: "offline", message: "No connection to the server. Nothing was changed.", reasons: [] };
  return { code: data.appCode, message: sentence(message), reasons: data.reasons };
}

/** One line for a toast or beside a button: the reasons, or else the message. */
export function refusalText(error: unknown): string {
  const { message, reasons } = refusalOf(error);
  const said = [...new Set(reasons.map((reason) => sentence(reason.message)))];
  return said.length > 0 ? said.join(". ") : message;
}

/** The refusal of one field, to stand beside it. */
export const refusalAt = (error: unknown, path: string): string | undefined =>
  refusalOf(error).reasons.find((reason) => reason.path === path)?.message;
