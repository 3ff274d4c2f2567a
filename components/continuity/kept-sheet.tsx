import { formatTime } from "@/components/lib/format";
import { tripMark } from "@/components/status/status-marks";
import { LEVEL_SHORT } from "@/components/trips/trip-words";
import { SelectList } from "@/components/ui/select-list";
import type { RunEnd, RunLine, RunSheet } from "@/server/domain/runsheets/run-sheet";
import type { CrewStatus } from "@/server/domain/trips/vocabulary";
import type { Noted } from "./kept-db";
import { notable } from "./noted";

type Notes = { noted: readonly Noted[]; note: (line: RunLine, status: CrewStatus) => void };
type Props = Notes & { sheet: RunSheet; timeZone: string };

/** One unit's work, or what no unit has yet: read-only, with every phone and address. */
export function KeptSheet({ sheet, timeZone, ...notes }: Props) {
  const title = sheet.callSign ?? "Trips without a unit";
  return (
    <section aria-label={title} className="border-line border-b py-2">
      <h2 className="flex items-baseline gap-2 px-3 font-semibold">
        {title}
        <span className="font-normal text-ink-2 text-table">{sheet.crew.join(", ")}</span>
      </h2>
      {sheet.lines.length === 0 ? (
        <p className="px-3 text-ink-2 text-table">No trips.</p>
      ) : (
        <table className="w-full text-table">
          <thead className="text-left text-ink-2">
            <tr>
              {["Time", "Trip", "Status", "Level", "Rider", "Phone", "From", "To", "Notes", "Done meanwhile"].map(
                (name) => (
                  <th key={name} scope="col" className="px-3 py-0.5 font-medium">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {sheet.lines.map((line) => (
              <KeptLine key={line.tripId} line={line} timeZone={timeZone} hasUnit={sheet.shiftId !== null} {...notes} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

type LineProps = Notes & { line: RunLine; timeZone: string; hasUnit: boolean };

function KeptLine({ line, timeZone, hasUnit, noted, note }: LineProps) {
  const mine = noted.filter(({ tripId }) => tripId === line.tripId);
  const cell = "px-3 py-1 align-top";
  return (
    <tr>
      <td className={cell}>{formatTime(line.pickup.at ?? line.requestedAt, timeZone)}</td>
      <td className={cell}>{line.number}</td>
      <td className={cell}>{tripMark(line.status).word}</td>
      <td className={cell}>{LEVEL_SHORT[line.level]}</td>
      <td className={cell}>{line.riderName ?? "Unknown"}</td>
      <td className={cell}>{line.riderPhone}</td>
      <td className={cell}>{endText(line.pickup)}</td>
      <td className={cell}>{line.dropoff && endText(line.dropoff)}</td>
      <td className={cell}>{line.notes}</td>
      <td className={cell}>
        {mine.map(({ clientEventId, status, at }) => (
          <div key={clientEventId}>
            {tripMark(status).word} {formatTime(new Date(at), timeZone)}
          </div>
        ))}
        {hasUnit && <NoteNext line={line} mine={mine} note={note} />}
      </td>
    </tr>
  );
}

/** Notes with a press that something was done now. */
function NoteNext({ line, mine, note }: Pick<Notes, "note"> & { line: RunLine; mine: readonly Noted[] }) {
  const options = notable(line.status, mine).map((value) => ({ value, label: tripMark(value).word }));
  if (options.length === 0) return null;
  return (
    <SelectList
      aria-label={`Note for ${line.number}`}
      placeholder="Note…"
      value={null}
      options={options}
      onValueChange={(status) => note(line, status)}
      className="w-32"
    />
  );
}

const endText = ({ facility, address, notes }: RunEnd): string => [facility, address, notes].filter(Boolean).join(", ");
