import { Ban, CircleAlert, CircleCheck, CornerUpRight, type LucideIcon } from "lucide-react";
import { formatPhone } from "@/components/lib/format";
import type { Column } from "@/components/ui/data-table/data-table";
import type { Facility } from "@/server/domain/fleet/facility";
import type { FacilityStatus } from "@/server/domain/fleet/vocabulary";
import { words } from "./code-words";

export const STATUS_WORDS: Record<FacilityStatus, string> = {
  open: "Open",
  limited: "Limited",
  divert: "Divert",
  closed: "Closed",
};
const STATUS_LOOKS: Record<FacilityStatus, { icon: LucideIcon; tone: string }> = {
  open: { icon: CircleCheck, tone: "text-good" },
  limited: { icon: CircleAlert, tone: "text-caution" },
  divert: { icon: CornerUpRight, tone: "text-danger" },
  closed: { icon: Ban, tone: "text-ink-3" },
};

/** A facility's state as shape, hue and word; the reason beside it. */
function StatusCell({ status, statusReason }: Facility) {
  const { icon: Icon, tone } = STATUS_LOOKS[status];
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={statusReason ?? undefined}>
      <Icon size={14} aria-hidden="true" className={`shrink-0 ${tone}`} />
      <span className={`shrink-0 ${tone}`}>{STATUS_WORDS[status]}</span>
      {statusReason && <span className="truncate text-ink-2">{statusReason}</span>}
    </span>
  );
}

/** The columns of the facility list; its export can be imported again. */
export const facilityColumns: Column<Facility>[] = [
  { id: "name", header: "Name", value: (row) => row.name, width: { min: 180, grow: 2 }, filter: "text" },
  {
    id: "kind",
    header: "Kind",
    value: (row) => words(row.kind),
    exportValue: (row) => row.kind,
    width: 104,
    filter: "choice",
  },
  {
    id: "status",
    header: "Status",
    value: (row) => STATUS_WORDS[row.status],
    cell: StatusCell,
    width: { min: 100, grow: 1 },
    filter: "choice",
  },
  { id: "address", header: "Address", value: (row) => row.address, width: { min: 160, grow: 2 }, filter: "text" },
  { id: "zip", header: "ZIP", value: (row) => row.zip, width: 72, filter: "text" },
  {
    id: "phone",
    header: "Phone",
    value: (row) => row.phone,
    cell: (row) => (row.phone ? formatPhone(row.phone) : <span className="text-ink-3">–</span>),
    width: 124,
  },
  { id: "modifier", header: "Modifier", value: (row) => row.modifier, width: 84, filter: "choice" },
  { id: "lat", header: "Lat", value: (row) => row.lat, cell: (row) => row.lat.toFixed(5), width: 88, align: "end" },
  { id: "lon", header: "Lon", value: (row) => row.lon, cell: (row) => row.lon.toFixed(5), width: 96, align: "end" },
  { id: "geofenceM", header: "Geofence m", value: (row) => row.geofenceM, width: 96, align: "end" },
];
