"use client";

import {
  Ban,
  CircleDot,
  Flag,
  ListOrdered,
  MoreHorizontal,
  Navigation,
  Paperclip,
  Pencil,
  Phone,
  Siren,
  Undo2,
  UserPlus,
  Wrench,
} from "lucide-react";
import { useTripActions } from "@/components/board/use-trip-actions";
import { refusalText } from "@/components/lib/errors";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import type { MenuAction, MenuGroups } from "@/components/ui/menu-actions";
import { toastError } from "@/components/ui/toast";
import type { TripView } from "@/server/domain/trips/trip-view";
import { isActive, isClosed } from "@/server/domain/trips/vocabulary";
import { inWords } from "./trip-words";

/** What a trip's panel is asked for. */
export type PanelAsk =
  | {
      kind: "edit" | "divert" | "outcome" | "ready" | "units" | "status" | "cancel" | "support" | "incident" | "attach";
    }
  | { kind: "correct"; event: string; assignmentId?: string };

type Props = { trip: TripView; onAsk: (ask: PanelAsk) => void };
const isHeld = ({ status }: TripView) => status === "requested" || status === "reserved";
const isAboard = ({ status }: TripView) => status === "loaded" || status === "at_dropoff";
const isRecallable = ({ status }: TripView) => ["dispatched", "acknowledged", "en_route"].includes(status);

/** What can be done with the trip in the panel: the next step as a button, the rest in a menu. */
export function PanelActions({ trip, onAsk }: Props) {
  const { recall } = useTripActions();
  const takeBack = () => {
    recall(trip).catch((error: unknown) => toastError(`${trip.number} was not recalled`, refusalText(error)));
  };
  const next = isClosed(trip.status) ? "outcome" : isHeld(trip) ? "units" : "status";
  return (
    <>
      <Button size="sm" variant={next === "units" ? "primary" : "secondary"} onClick={() => onAsk({ kind: next })}>
        {inWords(next)}
      </Button>
      <Menu
        trigger={<IconButton icon={MoreHorizontal} label="More actions" />}
        groups={isClosed(trip.status) ? closedGroups(trip, onAsk) : openGroups(trip, onAsk, takeBack)}
      />
    </>
  );
}

const asking =
  (onAsk: Props["onAsk"]) =>
  (
    kind: Exclude<PanelAsk["kind"], "correct">,
    label: string,
    icon: MenuAction["icon"],
    danger = false,
  ): MenuAction => ({
    id: kind,
    label,
    icon,
    danger,
    run: () => onAsk({ kind }),
  });

/** Any press can be corrected once there is one. */
const correction = (trip: TripView, onAsk: Props["onAsk"]): MenuAction[] =>
  trip.times.dispatchedAt
    ? [{ id: "correct", label: "Correct a press", icon: Wrench, run: () => onAsk({ kind: "correct", event: "" }) }]
    : [];

/** What a trip can be made part of. */
const incidentItems = (trip: TripView, onAsk: Props["onAsk"]): MenuAction[] => [
  ...(trip.incidentId ? [] : [asking(onAsk)("incident", "Open an incident from this trip", Siren)]),
  asking(onAsk)("attach", trip.incidentId ? "Move to another incident" : "Attach to an incident", Paperclip),
];

const closedGroups = (trip: TripView, onAsk: Props["onAsk"]): MenuGroups => [
  [asking(onAsk)("outcome", "Set the outcome", Flag), ...correction(trip, onAsk)],
  incidentItems(trip, onAsk),
];

function openGroups(trip: TripView, onAsk: Props["onAsk"], takeBack: () => void): MenuGroups {
  const item = asking(onAsk);
  const unit = trip.assignment?.callSign;
  return [
    [
      item("edit", "Edit", Pencil),
      item("units", isHeld(trip) ? "Units for it" : "Swap the unit", ListOrdered),
      item("support", "Send a unit to help", UserPlus),
      item("status", "Report a status", CircleDot),
    ],
    [
      ...(isRecallable(trip) && unit ? [{ id: "recall", label: `Recall ${unit}`, icon: Undo2, run: takeBack }] : []),
      ...(isActive(trip.status) ? [item("divert", "Divert", Navigation)] : []),
      ...(trip.timing === "will_call" && !trip.readyAt ? [item("ready", "Rider is ready", Phone)] : []),
      ...correction(trip, onAsk),
    ],
    incidentItems(trip, onAsk),
    isAboard(trip) ? [] : [item("cancel", "Cancel the trip", Ban, true)],
  ];
}
