import { z } from "zod";
import { AppError } from "@/server/errors";

export const MAX_PAGE = 200;
/** How much of a list, and from where on. */
export const PageInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(300).optional(),
});
export type Page<T> = { items: T[]; nextCursor: string | null };

/** The place of a row in its list, as an opaque word. */
export const cursorOf = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/**
 * @param key - what the cursor of this list holds
 * @throws AppError invalid when the cursor is not one of this list's
 */
export function parseCursor<T>(cursor: string | undefined, key: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  const parsed = key.safeParse(readJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", "unknown cursor", [{ path: "cursor", code: "invalid", message: "not from this list" }]);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever is not JSON is no cursor of ours; the schema says so.
    return undefined;
  }
}

/** A page out of `limit + 1` rows: the extra row only tells that there is more. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  { keyOf, show }: { keyOf: (row: Row) => readonly string[]; show: (row: Row) => T },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(show), nextCursor: rows.length > limit && last ? cursorOf(keyOf(last)) : null };
}
