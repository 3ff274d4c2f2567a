import { useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import type { Saving } from "./use-save";

/**
 * The version of a row that is edited, and how a form takes over the row as somebody else left it meanwhile.
 * @param row - null or undefined while a new one is made
 */
export function useRowVersion<Row extends { version: number }>(row: Row | null | undefined) {
  const [version, setVersion] = useState(row?.version ?? 1);
  const takeOverInto =
    <Values extends FieldValues, Output>(
      form: UseFormReturn<Values, unknown, Output>,
      saving: Saving,
      valuesOf: (row: Row) => Values,
    ) =>
    (current: unknown) => {
      // A refusal as stale brings the row of the same kind that it was refused for.
      const theirs = current as Row;
      setVersion(theirs.version);
      form.reset(valuesOf(theirs));
      saving.forget();
    };
  return { version, takeOverInto };
}
