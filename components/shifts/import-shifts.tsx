import { ImportDialog } from "@/components/fleet/import-dialog";
import { useTRPCClient } from "@/components/lib/trpc";
import { SHIFT_COLUMNS } from "@/server/domain/csv/shift-line";

/** Plans shifts from a file. @param day - `yyyy-MM-dd`, of the example */
export function ImportShifts({ day, onClose }: { day: string; onClose: () => void }) {
  const client = useTRPCClient();
  const example = {
    vehicle: "104",
    day,
    from: "07:00",
    to: "19:00",
    callSign: "Medic 12",
    crew: "ann@agency.test",
    breaks: "11:00-14:00/30",
  };
  return (
    <ImportDialog
      what="shifts"
      columns={SHIFT_COLUMNS}
      example={example}
      run={(input) => client.shifts.import.mutate(input)}
      onClose={onClose}
    />
  );
}
