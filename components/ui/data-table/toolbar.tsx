import { Download } from "lucide-react";
import { downloadCsv } from "@/components/lib/csv";
import { plural } from "@/components/lib/format";
import { Chip } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { SearchInput } from "@/components/ui/input";
import { rowsToCsv } from "./rows-to-csv";
import type { DataTableProps } from "./types";
import type { TableModel } from "./use-table-model";

type Props<Row> = DataTableProps<Row> & {
  table: TableModel;
  newCount: number;
  onCatchUp: () => void;
  shownCount: number;
};

/** Above the table: what is chosen, what waits, a text filter, the export. */
export function TableToolbar<Row>(props: Props<Row>) {
  const { table, label, toolbar, rows, shownCount, newCount, onCatchUp, selectionActions } = props;
  const selection = table.state.rowSelection;
  const chosen = rows?.filter((row) => selection[props.rowId(row)]) ?? [];
  const clear = () => table.resetRowSelection(true);
  const filtered = rows !== undefined && shownCount !== rows.length;
  return (
    <div className="flex h-bar shrink-0 items-center gap-2 border-line border-b bg-panel px-2 max-md:overflow-x-auto max-md:overflow-y-hidden">
      {chosen.length > 0 ? (
        <div data-selection-actions="" className="flex items-center gap-2">
          <output className="whitespace-nowrap font-medium">{plural(chosen.length, "row")} selected</output>
          {selectionActions?.(chosen, clear)}
          <Button size="sm" variant="ghost" onClick={clear}>
            Clear
          </Button>
        </div>
      ) : (
        toolbar
      )}
      <NewChip count={newCount} onPress={onCatchUp} />
      <div className="min-w-0 flex-1" />
      <output className="whitespace-nowrap text-ink-3 text-table max-sm:sr-only">
        {rows === undefined ? "" : filtered ? `${shownCount} of ${rows.length}` : plural(rows.length, "row")}
      </output>
      <SearchInput
        label={`Filter ${label.toLowerCase()}`}
        value={String(table.state.globalFilter ?? "")}
        onValueChange={(text) => table.setGlobalFilter(text === "" ? undefined : text)}
        className="w-52 min-w-28 shrink"
      />
      <IconButton icon={Download} label="Export as CSV" onClick={() => exportRows(props)} disabled={!rows?.length} />
    </div>
  );
}

/** Rows that came while the order was held. Pressing it lets them in. */
export function NewChip({ count, onPress }: { count: number; onPress: () => void }) {
  if (count === 0) return null;
  return (
    <Chip onClick={onPress} className="border-accent font-medium text-accent">
      {count} new
    </Chip>
  );
}

/** Writes what the filters show, in its order; the selected rows only, if there are any. */
function exportRows<Row>({ table, columns, label }: Props<Row>) {
  const shown = table.getRowModel().rows;
  const chosen = shown.filter((row) => row.getIsSelected());
  const rows = (chosen.length > 0 ? chosen : shown).map(({ original }) => original.row as Row);
  const csv = rowsToCsv(columns, rows);
  downloadCsv(`${label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.csv`, csv);
}
