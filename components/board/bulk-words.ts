export type BulkKind = "assign" | "unassign" | "cancel";
export const BULK_WORDS: Record<BulkKind, string> = {
  assign: "Give to a unit",
  unassign: "Take the units off",
  cancel: "Cancel",
};
