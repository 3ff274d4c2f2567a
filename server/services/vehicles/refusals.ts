import type { Refusal } from "@/db/constraint-errors";

export const VEHICLE_REFUSALS: Record<string, Refusal> = {
  vehicles_no: { path: "vehicleNo", code: "taken", message: "another vehicle has this number" },
  vehicles_agency_id_base_id_bases_agency_id_id_fk: {
    path: "baseId",
    code: "unknown",
    message: "there is no such base",
    as: "rule_broken",
  },
};
