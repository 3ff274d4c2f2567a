/**
 * How values travel between the console and its server: JSON, with dates kept as dates. A board of thousands of rows is
 * sent every few seconds, so a date is one tagged string in its place; a list of paths beside the data costs several
 * times as much to write, send and read.
 */
const TAG = "\u007f";
const DATE = `${TAG}d`;
const TEXT = `${TAG}s`;

/** Anything that is not plain data would silently arrive as something else. @throws TypeError naming what it is */
function plain(value: object): Record<string, unknown> {
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto === Object.prototype || proto === null) return value as Record<string, unknown>;
  throw new TypeError(`only plain data travels, not ${value.constructor.name}`);
}

function pack(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith(TAG) ? TEXT + value : value;
  if (typeof value === "bigint") throw new TypeError("only plain data travels, not BigInt");
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return DATE + value.getTime();
  if (Array.isArray(value)) return value.map(pack);
  const packed: Record<string, unknown> = {};
  const source = plain(value);
  for (const key in source) if (source[key] !== undefined) packed[key] = pack(source[key]);
  return packed;
}

/** Opens what was just parsed, in place: nobody else holds it. */
function unpack(value: unknown): unknown {
  if (typeof value === "string") {
    if (!value.startsWith(TAG)) return value;
    return value.startsWith(DATE) ? new Date(Number(value.slice(DATE.length))) : value.slice(TEXT.length);
  }
  if (typeof value !== "object" || value === null) return value;
  const holder = value as Record<string, unknown>;
  for (const key in holder) holder[key] = unpack(holder[key]);
  return holder;
}

/** The transformer of both ends of tRPC. An invalid date stays invalid, and is refused by the schema that meets it. */
export const wire = {
  serialize: (value: unknown): unknown => pack(value),
  deserialize: (value: unknown): unknown => unpack(value),
};
