import { TriangleAlert } from "lucide-react";
import { groupBy } from "@/server/domain/group-by";

export type ImportPreview = {
  rows: number;
  imported: number;
  reasons: { row: number; column?: string | undefined; code: string; message: string }[];
  preview: { row: number; cells: Record<string, string> }[];
};

const MAX_SHOWN = 200;

/** What a file says, with its row numbers: what is wrong comes first. */
export function PreviewTable({ preview, columns }: { preview: ImportPreview; columns: readonly string[] }) {
  const problems = [...groupBy(preview.reasons, ({ row }) => row)].slice(0, MAX_SHOWN);
  const used = columns.filter((name) => preview.preview.some(({ cells }) => cells[name]));
  return (
    <>
      {problems.length > 0 && (
        <ul aria-label="Problems" className="max-h-40 overflow-y-auto rounded-md border border-line">
          {problems.map(([row, reasons]) => (
            <li key={row} className="flex gap-2 border-line border-b px-2 py-1 text-table last:border-0">
              <TriangleAlert size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-danger" />
              <span className="w-14 shrink-0 text-ink-2">Row {row}</span>
              <span>
                {reasons.map(({ column, message }) => (column ? `${column}: ${message}` : message)).join("; ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {used.length > 0 && (
        <section
          aria-label="Rows of the file"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
          tabIndex={0}
          className="max-h-72 overflow-auto rounded-md border border-line"
        >
          <table className="w-full text-left text-table">
            <thead className="sticky top-0 bg-sunken text-ink-2 text-label">
              <tr>
                <th className="px-2 py-1 text-right font-normal">Row</th>
                {used.map((name) => (
                  <th key={name} className="px-2 py-1 font-normal">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.preview.map(({ row, cells }) => (
                <tr key={row} className="border-line border-t">
                  <td className="px-2 py-1 text-right text-ink-3">{row}</td>
                  {used.map((name) => (
                    <td key={name} className="max-w-60 truncate px-2 py-1">
                      {cells[name]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
