import { useTRPCClient } from "@/components/lib/trpc";
import { VEHICLE_COLUMNS } from "@/server/domain/csv/import-columns";
import { ImportDialog } from "./import-dialog";

const EXAMPLE = {
  vehicleNo: "104",
  type: "ambulance",
  callSign: "Medic 12",
  levels: "stretcher bls als",
  ambulatory: 1,
  wheelchair: 0,
  stretcher: 1,
  inService: "yes",
};

/** Takes vehicles over from a file. */
export function ImportVehicles({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  return (
    <ImportDialog
      what="vehicles"
      columns={VEHICLE_COLUMNS}
      example={EXAMPLE}
      run={(input) => client.fleet.vehicles.import.mutate(input)}
      onClose={onClose}
    />
  );
}
