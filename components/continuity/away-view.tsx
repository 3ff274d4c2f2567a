"use client";

import { formatTime } from "@/components/lib/format";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { KeptSheet } from "./kept-sheet";
import { useKeptBoard } from "./use-kept-board";
import { useNoted } from "./use-noted";

/** The last board of this console, read-only, while the server is away. It goes away by itself when the server is back. */
export function AwayView() {
  const kept = useKeptBoard();
  const notes = useNoted(kept !== null && typeof kept === "object" ? kept.userId : null);
  if (kept === "loading") return null;
  if (kept === null || kept === "locked")
    return (
      <>
        <Banner tone="danger">The server is away.</Banner>
        <EmptyState title={kept ? "This console was locked" : "Nothing is kept in this browser"}>
          Print the run sheets: npm run runsheets:open, on the server or wherever its data folder is.
        </EmptyState>
      </>
    );
  const { sheets, storedAt } = kept;
  return (
    <>
      <Banner tone="danger">
        The server is away. This is a read-only copy as of {formatTime(storedAt, sheets.timeZone)}. Dispatch by phone.
        What is noted here keeps its time, and is entered when the server is back.
      </Banner>
      <div className="min-h-0 flex-1 overflow-auto">
        {sheets.sheets.map((sheet) => (
          <KeptSheet key={sheet.shiftId ?? "none"} sheet={sheet} timeZone={sheets.timeZone} {...notes} />
        ))}
      </div>
    </>
  );
}
