/** Consoles of an agency read their whole board at marks of a clock of the agency, so many milliseconds apart. */
const MARKS_MS = 15_000;
/** A board that was read less long ago is left to the mark after: every other one is used by who began at a mark. */
const YOUNG_MS = 16_000;

type Board = {
  /** Now by the server's clock: where a console's differs, its readings are not shared, and nothing else. */
  nowMs: number;
  /** How long ago the whole board was read; infinite before it was. */
  ageMs: number;
  agencyId: string;
};

/**
 * How long until the whole board is read again, for what grows with time and for what nobody was told: at the first mark
 * at which it is old enough, which is after 31 seconds at most. Consoles that ask at the same moment share one reading
 * and one answer; those of other agencies have marks of their own.
 */
export function untilReadAgainMs({ nowMs, ageMs, agencyId }: Board): number {
  const sinceMarkMs = (nowMs + offsetOf(agencyId)) % MARKS_MS;
  const toMarkMs = MARKS_MS - sinceMarkMs;
  const tooYoungMs = Math.max(0, YOUNG_MS - ageMs - toMarkMs);
  return toMarkMs + Math.ceil(tooYoungMs / MARKS_MS) * MARKS_MS;
}

/** The end of an id is random. */
const offsetOf = (agencyId: string): number => Number.parseInt(agencyId.slice(-6), 16) % MARKS_MS;
