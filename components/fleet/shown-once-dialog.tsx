"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { downloadCsv, toCsv } from "@/components/lib/csv";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

type Props = {
  title: string;
  description: string;
  fileName: string;
  header: readonly string[];
  rows: readonly (readonly string[])[];
  onClose: () => void;
};

/** What an import made and nobody keeps: to be downloaded now. Closing without that asks once more. */
export function ShownOnceDialog({ title, description, fileName, header, rows, onClose }: Props) {
  const [saved, setSaved] = useState(false);
  const [warned, setWarned] = useState(false);
  const download = () => {
    downloadCsv(fileName, toCsv(header, rows));
    setSaved(true);
  };
  const close = () => (saved || warned ? onClose() : setWarned(true));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      description={description}
      className="max-w-200"
      footer={
        <>
          <Button onClick={close}>{warned && !saved ? "Close all the same" : "Done"}</Button>
          <Button variant="primary" onClick={download}>
            <Download size={14} aria-hidden="true" />
            {saved ? "Download again" : "Download"}
          </Button>
        </>
      }
    >
      {warned && !saved && (
        <Banner tone="caution" className="mb-2 rounded-md">
          This was not downloaded yet, and is not shown again.
        </Banner>
      )}
      <OnceTable title={title} header={header} rows={rows} />
    </Dialog>
  );
}

function OnceTable({ title, header, rows }: Pick<Props, "title" | "header" | "rows">) {
  return (
    <section
      aria-label={title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-md border border-line"
    >
      <table className="w-full text-left text-table">
        <thead className="sticky top-0 bg-sunken text-ink-2 text-label">
          <tr>
            {header.map((name) => (
              <th key={name} className="px-2 py-1 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]} className="border-line border-t">
              {row.map((text, i) => (
                <td key={header[i]} className="max-w-72 select-all truncate px-2 py-1" title={text}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
