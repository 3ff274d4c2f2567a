/** What an export puts an apostrophe before, so that no spreadsheet runs it. @see OWASP, CSV Injection */
const GUARDED = /^'[\t\r\n ]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^'[\t\r]/;

/** What was meant by a cell of a file: blanks around it dropped, the guard of our own export taken off. */
export function readCell(raw: string): string {
  const text = raw.trim();
  return GUARDED.test(text) ? text.slice(1) : text;
}
