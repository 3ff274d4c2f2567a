"use client";

import { RefusalNote } from "@/components/trips/refusal-note";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { CancelPanel } from "./cancel-panel";
import { FlagsPanel } from "./flags-panel";
import { PanelFrame } from "./panel-frame";
import type { OnDigits, RowPanel } from "./row-panel";
import { StatusPanel } from "./status-panel";
import { UnitsPanel } from "./units-panel";

type Props = {
  panel: RowPanel;
  /** The trip as it is now. */
  trip: BoardTrip;
  onDigits: OnDigits;
  onOpen: () => void;
  onClose: () => void;
  onRenew: () => void;
};

/** What is open under a row. Each is asked of the trip as it was on opening. */
export function RowPanelView({ panel, trip, onDigits, onOpen, onClose, onRenew }: Props) {
  const { asOf, kind } = panel;
  // Another version is another question: the ranking and what is typed start anew.
  const key = `${asOf.id} ${asOf.version} ${kind}`;
  const shared = { asOf, onClose, onDone: onClose, onRenew };
  if (kind === "units" || kind === "reserve")
    return <UnitsPanel key={key} {...shared} onDigits={onDigits} reserve={kind === "reserve"} />;
  if (kind === "status") return <StatusPanel key={key} {...shared} onDigits={onDigits} />;
  if (kind === "cancel") return <CancelPanel key={key} {...shared} />;
  if (kind === "flags") return <FlagsPanel trip={trip} onOpen={onOpen} onClose={onClose} />;
  return (
    <PanelFrame title={`${asOf.number} was not changed`} onClose={onClose}>
      <RefusalNote error={panel.error} before={asOf.facts} />
    </PanelFrame>
  );
}
