import { useMemo } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { TableModel } from "./use-table-model";

const ANY = "\u0000any";

type Props = { table: TableModel; columnId: string; header: string; isChoice: boolean };

/** What a column is filtered by: one of the values that occur, or a part of its text. */
export function ColumnFilterControl({ table, columnId, header, isChoice }: Props) {
  const model = table.getColumn(columnId);
  const filter = model?.getFilterValue();
  const value = typeof filter === "string" ? filter : "";
  const rows = table.getCoreRowModel().rows;
  const choices = useMemo(
    () =>
      isChoice
        ? [...new Set(rows.map((row) => String(row.getValue(columnId) ?? "")))].filter((text) => text !== "").toSorted()
        : [],
    [rows, columnId, isChoice],
  );
  return isChoice ? (
    <Select
      aria-label={header}
      value={model?.getIsFiltered() ? value : ANY}
      options={[{ value: ANY, label: "Any" }, ...choices.map((text) => ({ value: text, label: text }))]}
      onValueChange={(next) => model?.setFilterValue(next === ANY ? undefined : next)}
    />
  ) : (
    <Input
      aria-label={header}
      placeholder={`${header} contains`}
      autoComplete="off"
      value={value}
      onValueChange={(next) => model?.setFilterValue(next === "" ? undefined : next)}
    />
  );
}
