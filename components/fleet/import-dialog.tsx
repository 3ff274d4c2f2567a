"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { downloadCsv, toCsv } from "@/components/lib/csv";
import { refusalText } from "@/components/lib/errors";
import { plural } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { type ImportPreview, PreviewTable } from "./import-preview";

type Columns = { required: readonly string[]; optional: readonly string[] };
type Props<Result extends ImportPreview> = {
  /** "vehicles", "facilities". */
  what: string;
  columns: Columns;
  /** One line of an example, by column. */
  example: Record<string, string | number>;
  run: (input: { csv: string; dryRun: boolean }) => Promise<Result>;
  /** Shows what came of it, instead of closing. */
  onImported?: (result: Result) => void;
  onClose: () => void;
};

/** A file that was chosen, judged and taken. */
function useImport<Result extends ImportPreview>(props: Props<Result>) {
  const { what, run, onImported, onClose } = props;
  const client = useQueryClient();
  const trpc = useTRPC();
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const preview = useMutation({ mutationFn: (csv: string) => run({ csv, dryRun: true }) });
  const take = useMutation({
    mutationFn: (csv: string) => run({ csv, dryRun: false }),
    onSuccess: async (result) => {
      const areas = [trpc.fleet, trpc.facilities, trpc.shifts, trpc.people, trpc.devices];
      // Not awaited: what is shown once must not wait for lists.
      for (const area of areas) void client.invalidateQueries(area.pathFilter());
      toast(`${plural(result.imported, "row")} of ${what} imported`);
      (onImported ?? onClose)(result);
    },
  });
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    const csv = await chosen.text();
    setFile({ name: chosen.name, csv });
    take.reset();
    preview.mutate(csv);
  };
  return { file, preview, take, choose };
}

/** Takes a CSV file: shows what would come in and what is wrong, row by row, and then takes all of it or nothing. */
export function ImportDialog<Result extends ImportPreview>(props: Props<Result>) {
  const { what, columns, example, onClose } = props;
  const { file, preview, take, choose } = useImport(props);
  const header = [...columns.required, ...columns.optional];
  const template = () =>
    downloadCsv(`${what}-template.csv`, toCsv(header, [header.map((name) => example[name] ?? "")]));
  const result = preview.data;
  const ready = result !== undefined && result.reasons.length === 0 && result.rows > 0;
  const failed = preview.error ?? take.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Import ${what}`}
      description="All rows of the file come in, or none. Nothing changes until you press Import."
      className="max-w-200"
      footer={
        <>
          <Button className="mr-auto" onClick={template}>
            <Download size={14} aria-hidden="true" />
            Template
          </Button>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            disabled={!ready}
            busy={take.isPending}
            onClick={() => file && take.mutate(file.csv)}
          >
            {ready ? `Import ${plural(result.rows, "row")}` : "Import"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <FilePicker what={what} name={file?.name} busy={preview.isPending} onChoose={(chosen) => void choose(chosen)} />
        {!file && <ColumnHint {...columns} />}
        {failed && <Banner tone="danger">{refusalText(failed)}</Banner>}
        {result && (
          <output className="text-ink-2">
            {plural(result.rows, "row")} can be read
            {result.reasons.length > 0 && `, ${plural(result.reasons.length, "problem")} to repair in the file first`}
          </output>
        )}
        {result && <PreviewTable preview={result} columns={header} />}
      </div>
    </Dialog>
  );
}

type PickerProps = { what: string; name?: string; busy: boolean; onChoose: (file: File | undefined) => void };

function FilePicker({ what, name, busy, onChoose }: PickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex items-center gap-3">
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        className="sr-only"
        aria-label={`CSV file with ${what}`}
        tabIndex={-1}
        onChange={(event) => {
          onChoose(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <Button busy={busy} onClick={() => input.current?.click()}>
        <Upload size={14} aria-hidden="true" />
        {name ? "Choose another file" : "Choose a CSV file"}
      </Button>
      <span className="truncate text-ink-2">{name}</span>
    </div>
  );
}

function ColumnHint({ required, optional }: Columns) {
  return (
    <p className="text-ink-2">
      The first row names the columns: <b className="font-medium text-ink">{required.join(", ")}</b>; also{" "}
      {optional.join(", ")}. The list&apos;s own export can be read again.
    </p>
  );
}
