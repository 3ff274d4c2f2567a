import { useState } from "react";
import { ImportDialog } from "@/components/fleet/import-dialog";
import { ShownOnceDialog } from "@/components/fleet/shown-once-dialog";
import { useTRPCClient } from "@/components/lib/trpc";
import { DEVICE_COLUMNS } from "@/server/domain/csv/device-line";
import type { DevicesImported } from "@/server/services/devices/import-devices";

const EXAMPLE = { label: "M12 tablet", vehicle: "104", email: "", intervalS: 5, speedUnit: "auto" };
const HEADER = ["label", "belongsTo", "token", "osmandUrl", "owntracksUrl"];

/** Pairs devices from a file, then shows their tokens. */
export function ImportDevices({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const [done, setDone] = useState<DevicesImported | null>(null);
  if (done)
    return (
      <ShownOnceDialog
        title="Tokens of the devices"
        description="Whoever has a token can send positions for its device. They are shown only now."
        fileName="device-tokens.csv"
        header={HEADER}
        rows={done.paired.map((one) => [one.label, one.belongsTo, one.token, one.osmandUrl, one.owntracksUrl])}
        onClose={onClose}
      />
    );
  return (
    <ImportDialog<DevicesImported>
      what="devices"
      columns={DEVICE_COLUMNS}
      example={EXAMPLE}
      run={(input) => client.devices.import.mutate(input)}
      onImported={setDone}
      onClose={onClose}
    />
  );
}
