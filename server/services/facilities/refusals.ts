import type { Refusal } from "@/db/constraint-errors";

export const FACILITY_REFUSALS: Record<string, Refusal> = {
  facilities_name: { path: "name", code: "taken", message: "another facility has this name" },
};
