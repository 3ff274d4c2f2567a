import { z } from "zod";
import { AppError } from "@/server/errors";

/** `?limit=` (default 50, at most 200) and `?cursor=`, part of every list. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type Page = { limit: number; cursor?: string | undefined };

/** An opaque cursor around the key of the last row. */
export const encodeCursor = (key: Record<string, string | number | null>): string =>
  Buffer.from(JSON.stringify(key)).toString("base64url");

/** @throws AppError invalid when it is not a cursor of this list */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", "cursor is not valid", [
    { path: "cursor", code: "bad_cursor", message: "start again without it" },
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A page of rows: asks for one more than the limit, so that `nextCursor` is null on the last page. */
export function pageOf<R, T>(
  rows: R[],
  limit: number,
  present: (row: R) => T,
  keyOf: (row: R) => Record<string, string | number | null>,
) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(present), nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}
