import {
  Ban,
  Bell,
  CircleDot,
  ListOrdered,
  MapPin,
  PanelRight,
  Pencil,
  Phone,
  Redo2,
  Undo2,
  UserMinus,
} from "lucide-react";
import type { MenuAction, MenuGroups } from "@/components/ui/menu-actions";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { isClosed } from "@/server/domain/trips/vocabulary";

export type TripMenuRun = {
  units: (trip: BoardTrip) => void;
  reserve: (trip: BoardTrip) => void;
  status: (trip: BoardTrip) => void;
  cancel: (trip: BoardTrip) => void;
  flags: (trip: BoardTrip) => void;
  recall: (trip: BoardTrip) => void;
  unassign: (trip: BoardTrip) => void;
  ready: (trip: BoardTrip) => void;
  open: (trip: BoardTrip) => void;
  edit: (trip: BoardTrip) => void;
  showOnMap: (trip: BoardTrip) => void;
};

const RECALLABLE: readonly string[] = ["dispatched", "acknowledged", "en_route"];
const ABOARD: readonly string[] = ["loaded", "at_dropoff"];

/** What can be done with a trip from its row: by its keys, or by right click. Only what its status allows. */
export function tripMenu(trip: BoardTrip, run: TripMenuRun): MenuGroups {
  const { unit, status } = trip;
  const isOpen = !isClosed(status);
  const isHeld = status === "requested" || status === "reserved";
  const action = (id: keyof TripMenuRun, label: string, rest: Partial<MenuAction> = {}): MenuAction => ({
    id,
    label,
    run: () => run[id](trip),
    ...rest,
  });
  const when = (is: boolean, ...actions: MenuAction[]) => (is ? actions : []);
  return [
    [
      ...when(isOpen, action("units", isHeld ? "Units for it" : "Swap the unit", { shortcut: "D", icon: ListOrdered })),
      ...when(isOpen && isHeld, action("reserve", "Reserve a unit", { shortcut: "R", icon: Redo2 })),
      ...when(
        unit !== null && RECALLABLE.includes(status),
        action("recall", `Recall ${unit?.callSign ?? "the unit"}`, { shortcut: "Z", icon: Undo2 }),
      ),
      ...when(
        unit !== null && isOpen && !RECALLABLE.includes(status) && !ABOARD.includes(status),
        action("unassign", `Take ${unit?.callSign ?? "the unit"} off`, { icon: UserMinus }),
      ),
    ],
    [
      ...when(isOpen, action("status", "Report a status", { shortcut: "S", icon: CircleDot })),
      ...when(
        isOpen && trip.timing === "will_call" && !trip.readyAt,
        action("ready", "Rider is ready", { shortcut: "Y", icon: Phone }),
      ),
      action("flags", "What to look at", { shortcut: "A", icon: Bell }),
    ],
    [
      action("open", "Open", { shortcut: "Enter", icon: PanelRight }),
      ...when(isOpen, action("edit", "Edit", { shortcut: "E", icon: Pencil })),
      ...when(
        unit !== null && isOpen,
        action("showOnMap", "Show the unit on the map", { shortcut: "M", icon: MapPin }),
      ),
    ],
    when(
      isOpen && !ABOARD.includes(status),
      action("cancel", "Cancel the trip", { shortcut: "X", icon: Ban, danger: true }),
    ),
  ];
}
