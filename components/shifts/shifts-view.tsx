"use client";

import { ArrowLeftRight, LogIn, LogOut, Pencil, Plus, Trash2, Upload } from "lucide-react";
import { useState } from "react";
import { FleetHeader } from "@/components/fleet/fleet-header";
import { LoadFailed } from "@/components/fleet/load-failed";
import { useMay } from "@/components/fleet/use-may";
import { nowMs, useNow } from "@/components/lib/clock";
import { later } from "@/components/lib/later";
import { useAgency } from "@/components/lib/viewer";
import { dayIn } from "@/components/lib/zoned-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { MenuGroups } from "@/components/ui/menu-actions";
import type { Shift } from "@/server/domain/shifts/shift";
import { DayPicker } from "./day-picker";
import { phaseOf } from "./shift-state";
import { useDayPlan } from "./use-day-plan";
import { useSign } from "./use-sign";

const ImportShifts = later(() => import("./import-shifts").then((part) => part.ImportShifts));
const RemoveShift = later(() => import("./remove-shift").then((part) => part.RemoveShift));
const ShiftDialog = later(() => import("./shift-dialog").then((part) => part.ShiftDialog));
const SwapDialog = later(() => import("./swap-dialog").then((part) => part.SwapDialog));

type Open = { kind: "new" | "import" } | { kind: "edit" | "swap" | "remove"; shift: Shift } | null;

const rowId = ({ id }: Shift) => id;
const rowLabel = ({ callSign }: Shift) => callSign;

/** The plan of a day: who is on which truck, who has signed on, what does not fit together. */
export function ShiftsView() {
  const { timeZone } = useAgency();
  const now = useNow(60_000);
  const today = dayIn(timeZone, new Date(now ?? nowMs()));
  const [chosen, setChosen] = useState<string | null>(null);
  const day = chosen ?? today;
  const { plan, columns, counts } = useDayPlan(day);
  const mayWrite = useMay("shifts.write");
  const [open, setOpen] = useState<Open>(null);
  const actions = useShiftActions(setOpen);
  const close = () => setOpen(null);
  const add = mayWrite && (
    <Button variant="primary" onClick={() => setOpen({ kind: "new" })}>
      <Plus size={14} aria-hidden="true" />
      New shift
    </Button>
  );
  const buttons = mayWrite && (
    <>
      <Button onClick={() => setOpen({ kind: "import" })}>
        <Upload size={14} aria-hidden="true" />
        Import
      </Button>
      {add}
    </>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FleetHeader current="Shifts" actions={buttons} />
      <LoadFailed error={plan.error} onRetry={plan.refetch} what="The plan" />
      <DataTable
        className="flex-1"
        label="Shifts"
        columns={columns}
        rows={plan.error ? [] : plan.data?.shifts}
        rowId={rowId}
        rowLabel={rowLabel}
        defaultSort={{ id: "startsAt" }}
        rowTone={(shift) => (shift.signedOffAt ? "muted" : undefined)}
        onOpen={mayWrite ? (shift) => setOpen({ kind: "edit", shift }) : undefined}
        actions={mayWrite ? actions : undefined}
        toolbar={
          <>
            <DayPicker day={day} today={today} onChange={setChosen} />
            <Counts {...counts} />
          </>
        }
        empty={{ title: "Nobody is planned for this day", hint: "Plan a vehicle and its crew.", action: add }}
      />
      {open?.kind === "new" && <ShiftDialog shift={null} day={day} onClose={close} />}
      {open?.kind === "import" && <ImportShifts day={day} onClose={close} />}
      {open?.kind === "edit" && <ShiftDialog key={open.shift.id} shift={open.shift} day={day} onClose={close} />}
      {open?.kind === "swap" && <SwapDialog key={open.shift.id} shift={open.shift} onClose={close} />}
      {open?.kind === "remove" && <RemoveShift shift={open.shift} onClose={close} />}
    </div>
  );
}

function Counts({ on, late, planned, clashes }: ReturnType<typeof useDayPlan>["counts"]) {
  return (
    <div className="flex gap-1 max-lg:hidden">
      <Badge>{on} on</Badge>
      <Badge>{planned} to come</Badge>
      {late > 0 && <Badge tone="caution">{late} not signed on</Badge>}
      {clashes > 0 && <Badge tone="danger">{clashes} held by another unit</Badge>}
    </div>
  );
}

/** What can be done with a shift by right click or key. */
function useShiftActions(setOpen: (open: Open) => void) {
  const { signOn, signOff } = useSign();
  return (shift: Shift): MenuGroups => {
    const phase = phaseOf(shift, nowMs());
    const on = phase === "on" || phase === "over";
    const closed = phase === "off";
    return [
      [
        on
          ? { id: "off", label: "Sign off", icon: LogOut, shortcut: "O", run: () => signOff(shift) }
          : { id: "on", label: "Sign on", icon: LogIn, shortcut: "O", disabled: closed, run: () => signOn(shift) },
        {
          id: "swap",
          label: "Swap the vehicle",
          icon: ArrowLeftRight,
          shortcut: "V",
          disabled: closed,
          run: () => setOpen({ kind: "swap", shift }),
        },
      ],
      [
        {
          id: "edit",
          label: "Edit",
          icon: Pencil,
          shortcut: "E",
          disabled: closed,
          run: () => setOpen({ kind: "edit", shift }),
        },
        {
          id: "remove",
          label: "Take out of the plan",
          icon: Trash2,
          danger: true,
          disabled: on,
          run: () => setOpen({ kind: "remove", shift }),
        },
      ],
    ];
  };
}
