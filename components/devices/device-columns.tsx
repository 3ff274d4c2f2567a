import { CircleCheck, TriangleAlert } from "lucide-react";
import type { Column } from "@/components/ui/data-table/data-table";
import { Age } from "@/components/ui/elapsed";
import type { Device } from "@/server/domain/devices/device";
import { appName, darkWords } from "./device-words";

/** A truck or a person: its name for eyes, and its number or e-mail for a file. */
export type DeviceOwner = { name: string; key: string };

/** The columns of the device list; its export can be imported again. */
export const deviceColumns = (ownerOf: (device: Device) => DeviceOwner | undefined): Column<Device>[] => [
  { id: "label", header: "Device", value: (row) => row.label, width: { min: 140, grow: 1 }, filter: "text" },
  {
    id: "owner",
    header: "Belongs to",
    value: (row) => ownerOf(row)?.name,
    exportValue: (row) => ownerOf(row)?.key,
    width: { min: 120, grow: 1 },
    filter: "text",
  },
  {
    id: "state",
    header: "State",
    value: (row) => darkWords(row) ?? "Reporting",
    cell: (row) => <State device={row} />,
    width: { min: 200, grow: 1 },
    filter: "choice",
  },
  { id: "app", header: "App", value: (row) => row.app && appName(row.app), width: 120, filter: "choice" },
  {
    id: "lastSeenAt",
    header: "Last heard",
    value: (row) => row.lastSeenAt,
    cell: (row) => (row.lastSeenAt ? <Age at={new Date(row.lastSeenAt)} /> : <span className="text-ink-3">never</span>),
    width: 92,
    align: "end",
  },
  { id: "network", header: "Network", value: (row) => row.network, width: 120 },
  { id: "intervalS", header: "Interval s", value: (row) => row.intervalS, width: 84, align: "end" },
  { id: "speedUnit", header: "Speed unit", value: (row) => row.speedUnit, width: 92, filter: "choice" },
];

function State({ device }: { device: Device }) {
  const dark = darkWords(device);
  const Icon = dark ? TriangleAlert : CircleCheck;
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${dark ? "text-caution" : "text-good"}`}>
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      <span className="truncate">{dark ?? "Reporting"}</span>
    </span>
  );
}
