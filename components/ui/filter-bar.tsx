import type { ReactNode } from "react";
import { Chip } from "./badge";

/** The filters above a list, side by side; they wrap where there is no room. */
export const FilterBar = ({ children }: { children: ReactNode }) => (
  <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b bg-panel px-2 py-1">{children}</div>
);

type ChipChoiceProps<Value extends string> = {
  values: readonly Value[];
  words: Record<Value, string>;
  /** Null where none of them is what is shown. */
  value: Value | null;
  onChange: (value: Value) => void;
};

/** One of a few, as chips. */
export function ChipChoice<Value extends string>({ values, words, value, onChange }: ChipChoiceProps<Value>) {
  return (
    <div className="flex flex-wrap gap-1">
      {values.map((one) => (
        <Chip key={one} pressed={value === one} onClick={() => onChange(one)}>
          {words[one]}
        </Chip>
      ))}
    </div>
  );
}
