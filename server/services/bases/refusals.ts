import type { Refusal } from "@/db/constraint-errors";

export const BASE_REFUSALS: Record<string, Refusal> = {
  bases_name: { path: "name", code: "taken", message: "another base has this name" },
};
