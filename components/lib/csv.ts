/** What a spreadsheet would run instead of show. */
const FORMULA = /^[\t\r\n ]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/;

/** One cell: text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers. */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 text with a header line. */
export const toCsv = (
  header: readonly string[],
  rows: readonly (readonly (string | number | boolean | null | undefined)[])[],
): string => [header, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");

/** Hands a file to the browser. The byte-order mark tells spreadsheets that it is UTF-8. */
export function downloadCsv(name: string, csv: string) {
  const url = URL.createObjectURL(new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
