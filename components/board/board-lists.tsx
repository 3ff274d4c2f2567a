"use client";

import { type ReactNode, useMemo, useState } from "react";
import { later } from "@/components/lib/later";
import { useNarrow } from "@/components/lib/use-narrow";
import { Button } from "@/components/ui/button";
import { ResizablePanel, ResizablePanels, ResizeHandle } from "@/components/ui/resizable";
import { Segmented } from "@/components/ui/segmented";
import { Tabs } from "@/components/ui/tabs";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { isSignedOn } from "@/server/domain/units/availability";
import { BULK_WORDS, type BulkKind } from "./bulk-words";
import { type CountName, filtered, type SplitTrips } from "./split-trips";
import { TripTable } from "./trip-table";
import type { UnitRow } from "./unit-rows";
import { UnitsTable } from "./units-table";
import type { BoardLayout } from "./use-board-layout";

const BulkDialog = later(() => import("./bulk-dialog").then((part) => part.BulkDialog));

type Second = "assigned" | "closed";
type Props = {
  layout: BoardLayout;
  split: SplitTrips | undefined;
  all: ReadonlyMap<string, BoardTrip>;
  units: readonly UnitRow[] | undefined;
  count: CountName | null;
  openId: string | null;
  onOpen: (tripId: string, edit?: boolean) => void;
};

/** The lists of the board: unassigned trips, those with a unit (or closed ones), and the units. */
export function BoardLists(props: Props) {
  const narrow = useNarrow();
  const { layout, split, units, count } = props;
  const [shown, setShown] = useState<Second>("assigned");
  const unassigned = useMemo(() => split && filtered(split.unassigned, count), [split, count]);
  const second = useMemo(() => split && filtered(split[shown], count), [split, shown, count]);
  const shared = {
    all: props.all,
    openId: props.openId,
    onOpen: (trip: BoardTrip, edit = false) => props.onOpen(trip.id, edit),
  };
  const { bulkOf, dialog } = useBulkDialog(units);
  const waiting = (
    <TripTable
      {...shared}
      pane="unassigned"
      label="Unassigned trips"
      rows={unassigned}
      toolbar={<PaneTitle title="Unassigned" count={split?.unassigned.length} />}
      selectionActions={bulkOf("Unassigned trips", ["assign", "cancel"])}
      empty={emptyOf(count, "Nothing waits for a unit", "New calls show here. Press N to take one.")}
    />
  );
  const moving = (
    <TripTable
      {...shared}
      key={shown}
      pane={shown}
      label={shown === "assigned" ? "Assigned trips" : "Closed trips"}
      rows={second}
      toolbar={<WhichTrips shown={shown} onShow={setShown} split={split} />}
      selectionActions={bulkOf("Assigned trips", shown === "assigned" ? ["assign", "unassign", "cancel"] : [])}
      empty={emptyOf(count, shown === "assigned" ? "No unit has a trip now" : "No trip was closed lately")}
    />
  );
  const unitList = <UnitsTable units={units} onOpenTrip={props.onOpen} />;
  const lists = { waiting, moving, unitList };
  return (
    <>
      {narrow ? <OneList {...lists} split={split} units={units} /> : <AllLists {...lists} layout={layout} />}
      {dialog}
    </>
  );
}

type Lists = Record<"waiting" | "moving" | "unitList", ReactNode>;

/** Every list at once, each as large as it was left. */
function AllLists({ layout, waiting, moving, unitList }: Lists & { layout: BoardLayout }) {
  return (
    <ResizablePanels id={`board-${layout}`} orientation="vertical">
      <ResizablePanel id="trips" defaultSize="70%" minSize="25%">
        <ResizablePanels id={`board-trips-${layout}`} orientation={layout} className="h-full">
          <ResizablePanel id="unassigned" defaultSize="44%" minSize="20%">
            {waiting}
          </ResizablePanel>
          <ResizeHandle label="Resize the lists" />
          <ResizablePanel id="assigned" minSize="20%">
            {moving}
          </ResizablePanel>
        </ResizablePanels>
      </ResizablePanel>
      <ResizeHandle label="Resize the units" />
      <ResizablePanel id="units" defaultSize="30%" minSize="12%">
        {unitList}
      </ResizablePanel>
    </ResizablePanels>
  );
}

/** On a phone: one list at a time. */
function OneList({ waiting, moving, unitList, split, units }: Lists & Pick<Props, "split" | "units">) {
  const onDuty = units?.filter(isSignedOn).length;
  return (
    <Tabs
      className="min-w-0 flex-1"
      tabs={[
        { value: "waiting", label: "Unassigned", count: split?.unassigned.length, content: waiting },
        { value: "moving", label: "Assigned", count: split?.assigned.length, content: moving },
        { value: "units", label: "Units", count: onDuty, content: unitList },
      ]}
    />
  );
}

/** The buttons over selected rows, and the dialog they open. */
function useBulkDialog(units: Props["units"]) {
  const [bulk, setBulk] = useState<{ kind: BulkKind; list: string; trips: BoardTrip[]; clear: () => void } | null>(
    null,
  );
  const onDuty = useMemo(() => units?.filter(({ mark }) => mark !== "off_duty") ?? [], [units]);
  const bulkOf = (list: string, kinds: readonly BulkKind[]) => (trips: BoardTrip[], clear: () => void) => (
    <BulkButtons kinds={kinds} onPick={(kind) => setBulk({ kind, list, trips, clear })} />
  );
  const close = (done: readonly string[]) => {
    // A selection that was dealt with must not wait for its trips to come back to this list.
    if (done.length > 0) bulk?.clear();
    setBulk(null);
  };
  const dialog = bulk && (
    <BulkDialog kind={bulk.kind} list={bulk.list} trips={bulk.trips} units={onDuty} onClose={close} />
  );
  return { bulkOf, dialog };
}

type WhichProps = { shown: Second; onShow: (shown: Second) => void; split: SplitTrips | undefined };

function WhichTrips({ shown, onShow, split }: WhichProps) {
  return (
    <Segmented
      aria-label="Which trips"
      value={shown}
      onValueChange={onShow}
      options={[
        { value: "assigned", label: "Assigned", count: split?.assigned.length },
        { value: "closed", label: "Closed", count: split?.closed.length },
      ]}
      className="h-7"
    />
  );
}

function PaneTitle({ title, count }: { title: string; count: number | undefined }) {
  return (
    <h2 className="whitespace-nowrap font-semibold">
      {title} <span className="font-normal text-ink-3">{count ?? ""}</span>
    </h2>
  );
}

function BulkButtons({ kinds, onPick }: { kinds: readonly BulkKind[]; onPick: (kind: BulkKind) => void }): ReactNode {
  return kinds.map((kind) => (
    <Button key={kind} size="sm" variant={kind === "cancel" ? "danger" : "secondary"} onClick={() => onPick(kind)}>
      {BULK_WORDS[kind]}
    </Button>
  ));
}

const emptyOf = (count: CountName | null, title: string, hint?: string) =>
  count === null
    ? { title, hint }
    : { title: "None here", hint: "A count in the header is pressed: press it again to see all." };
