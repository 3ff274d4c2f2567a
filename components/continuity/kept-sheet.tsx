import { formatTime } from "@/components/lib/format";
import { tripMark } from "@/components/status/status-marks";
import { LEVEL_SHORT } from "@/components/trips/trip-words";
import type { RunEnd, RunLine, RunSheet } from "@/server/domain/runsheets/run-sheet";

type Props = { sheet: RunSheet; timeZone: string };

/** One unit's work, or what no unit has yet: read-only, with every phone and address. */
export function KeptSheet({ sheet, timeZone }: Props) {
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
              {["Time", "Trip", "Status", "Level", "Rider", "Phone", "From", "To", "Notes"].map((name) => (
                <th key={name} scope="col" className="px-3 py-0.5 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.lines.map((line) => (
              <KeptLine key={line.tripId} line={line} timeZone={timeZone} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function KeptLine({ line, timeZone }: { line: RunLine; timeZone: string }) {
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
    </tr>
  );
}

const endText = ({ facility, address, notes }: RunEnd): string => [facility, address, notes].filter(Boolean).join(", ");
