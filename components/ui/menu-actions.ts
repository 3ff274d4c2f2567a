import type { LucideIcon } from "lucide-react";

export type MenuAction = {
  id: string;
  label: string;
  run: () => void;
  icon?: LucideIcon;
  /** Shown at the end of the row, as "D". */
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
};
/** Groups of actions, parted by a line. */
export type MenuGroups = readonly (readonly MenuAction[])[];
