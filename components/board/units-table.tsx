"use client";

import { CircleDot, MapPin, PanelRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useMemo, useState } from "react";
import { keysEnabled } from "@/components/lib/keys";
import { later } from "@/components/lib/later";
import { useStable } from "@/components/lib/use-stable";
import { Chip } from "@/components/ui/badge";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { MenuGroups } from "@/components/ui/menu-actions";
import { isSignedOn } from "@/server/domain/units/availability";
import { returnFocus } from "./return-focus";
import { digitOf } from "./row-panel";
import { unitColumns } from "./unit-columns";
import { inGroup, UNIT_GROUP_WORDS, UNIT_GROUPS, type UnitGroup, type UnitRow } from "./unit-rows";
import { useDigits } from "./use-digits";

const UnitStatePanel = later(() => import("./unit-state-panel").then((part) => part.UnitStatePanel));

type Props = { units: readonly UnitRow[] | undefined; onOpenTrip: (tripId: string) => void };

const rowId = (unit: UnitRow) => unit.shiftId;
const rowLabel = (unit: UnitRow) => unit.callSign;

/** The units under the board: what each does and since when, where it goes next, and how old its position is. */
export function UnitsTable({ units, onOpenTrip }: Props) {
  const [group, setGroup] = useState<UnitGroup>("all");
  const rows = useMemo(() => units && inGroup(group, units), [units, group]);
  const { expansion, actions, onRowKey, onOpen } = useUnitRows(onOpenTrip);
  return (
    <DataTable
      label="Units"
      columns={unitColumns}
      rows={rows}
      rowId={rowId}
      rowLabel={rowLabel}
      onOpen={onOpen}
      actions={actions}
      onRowKey={onRowKey}
      expansion={expansion}
      defaultSort={{ id: "unit" }}
      toolbar={
        <>
          <h2 className="mr-1 font-semibold">Units</h2>
          {UNIT_GROUPS.map((one) => (
            <Chip key={one} pressed={group === one} onClick={() => setGroup(one)}>
              {UNIT_GROUP_WORDS[one]}
              <span className="font-semibold text-ink">{units ? inGroup(one, units).length : "–"}</span>
            </Chip>
          ))}
        </>
      }
      empty={{ title: "No units here", hint: "Units show when a crew signs on, on the phone or under Fleet, Shifts." }}
    />
  );
}

function useUnitRows(onOpenTrip: (tripId: string) => void) {
  const router = useRouter();
  const [asOf, setAsOf] = useState<UnitRow | null>(null);
  const { onDigits, pressDigit } = useDigits();
  const close = () => setAsOf(null);
  const closeAndReturn = () => {
    if (asOf) returnFocus(asOf.shiftId);
    close();
  };
  const showOnMap = (unit: UnitRow) => router.push(`/map?unit=${unit.vehicleId}`);
  const stable = useStable({
    onOpen: (unit: UnitRow) => {
      const [trip] = unit.trips;
      if (trip) onOpenTrip(trip.id);
      else showOnMap(unit);
    },
    actions: (unit: UnitRow): MenuGroups => [
      isSignedOn(unit)
        ? [{ id: "state", label: "Change its state", shortcut: "S", icon: CircleDot, run: () => setAsOf(unit) }]
        : [],
      [
        ...unit.trips.map((trip) => ({
          id: trip.id,
          label: `Open ${trip.number}`,
          icon: PanelRight,
          run: () => onOpenTrip(trip.id),
        })),
        { id: "map", label: "Show on the map", shortcut: "M", icon: MapPin, run: () => showOnMap(unit) },
      ],
    ],
    onRowKey: (unit: UnitRow, event: KeyboardEvent): boolean => {
      if (asOf?.shiftId !== unit.shiftId) return false;
      if (event.key === "Escape") {
        close();
        return true;
      }
      const digit = digitOf(event.key);
      return digit !== null && keysEnabled() && pressDigit(digit);
    },
  });
  const expansion = asOf && {
    id: asOf.shiftId,
    onClose: close,
    render: () => (
      <UnitStatePanel
        key={`${asOf.shiftId} ${asOf.version}`}
        asOf={asOf}
        onDigits={onDigits}
        onClose={closeAndReturn}
      />
    ),
  };
  return { ...stable, expansion };
}
