import { useTRPCClient } from "@/components/lib/trpc";
import { FACILITY_COLUMNS } from "@/server/domain/csv/import-columns";
import { ImportDialog } from "./import-dialog";

const EXAMPLE = { name: "St. Vera Hospital", kind: "hospital", lat: 40.6311, lon: -89.3985, address: "1 Main St" };

/** Takes facilities over from a file. */
export function ImportFacilities({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  return (
    <ImportDialog
      what="facilities"
      columns={FACILITY_COLUMNS}
      example={EXAMPLE}
      run={(input) => client.facilities.import.mutate(input)}
      onClose={onClose}
    />
  );
}
