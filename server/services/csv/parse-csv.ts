import "server-only";
import Papa from "papaparse";
import { AppError } from "@/server/errors";

/** A file that is imported through the console has at most this many characters. */
export const MAX_CSV = 900_000;

/**
 * The cells of a CSV file: comma, semicolon or tab, quotes by RFC 4180, blank lines left out.
 * @throws AppError invalid when a quote is not closed
 */
export function parseCsv(text: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    skipEmptyLines: "greedy",
    delimitersToGuess: [",", ";", "\t"],
  });
  const broken = errors.filter(({ type }) => type === "Quotes");
  if (broken.length === 0) return data;
  const reasons = broken.slice(0, 20).map(({ row }) => ({
    path: "csv",
    code: "quote_open",
    message: `a quote is not closed in row ${(row ?? 0) + 1}`,
  }));
  throw new AppError("invalid", "the file is not a CSV file", reasons);
}
