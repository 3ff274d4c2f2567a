import { useTRPCClient } from "@/components/lib/trpc";
import { BASE_COLUMNS } from "@/server/domain/csv/import-columns";
import { ImportDialog } from "./import-dialog";

const EXAMPLE = { name: "North station", lat: 40.6311, lon: -89.3985, address: "1 Main St" };

/** Takes bases over from a file. */
export function ImportBases({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  return (
    <ImportDialog
      what="bases"
      columns={BASE_COLUMNS}
      example={EXAMPLE}
      run={(input) => client.fleet.bases.import.mutate(input)}
      onClose={onClose}
    />
  );
}
