import type { RunEnd, RunLine, RunSheet, RunSheets } from "./run-sheet";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);

const STYLE = `body{font:11pt/1.35 system-ui,sans-serif;margin:12mm;color:#000}h1{font-size:16pt;margin:0}
header{border-bottom:2px solid #000;margin-bottom:4mm}p{margin:1mm 0}
article{border-bottom:1px solid #888;padding:3mm 0;break-inside:avoid}h2{font-size:12pt;margin:0}
dl{display:grid;grid-template-columns:22mm 1fr;margin:1mm 0}dt{font-weight:600}dd{margin:0}
.clocks{display:flex;gap:4mm;margin-top:2mm}.clocks span{flex:1;border-bottom:1px solid #000;padding-top:6mm;font-size:8pt}
@page{margin:10mm}`;

/** The clocks that a crew fills in by hand; they are entered with their true times afterwards. */
const CLOCKS = ["En route", "At pickup", "Loaded", "At drop-off", "Completed"];

/** A sheet as one page of HTML that prints by itself: no script, no link, nothing to fetch. */
export function printHtml(sheets: RunSheets, sheet: RunSheet): string {
  const time = clockOf(sheets.timeZone);
  const title =
    sheet.callSign === null ? "Trips without a unit" : `${sheet.callSign} · vehicle ${sheet.vehicleNo ?? "?"}`;
  const shift = sheet.startsAt && sheet.endsAt ? ` · shift ${time(sheet.startsAt)} to ${time(sheet.endsAt)}` : "";
  const crew = sheet.crew.length > 0 ? `<p>Crew: ${escape(sheet.crew.join(", "))}${shift}</p>` : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><header><h1>${escape(title)}</h1><p>${escape(sheets.agencyName)} · as of ${time(sheets.madeAt)} (${escape(sheets.timeZone)}) · names riders: keep it with you, destroy it afterwards</p>${crew}</header>
${sheet.lines.map((line) => printLine(line, time)).join("\n")}
${sheet.lines.length === 0 ? "<p>No trips.</p>" : ""}</body></html>`;
}

type Clock = (at: Date | null) => string;

function printLine(line: RunLine, time: Clock): string {
  const facts: [string, string | null][] = [
    ["Rider", [line.riderName ?? "unknown", line.riderPhone].filter((text) => text !== null).join(" · ")],
    ["From", endText(line.pickup, time)],
    ["To", line.dropoff && endText(line.dropoff, time)],
    ["Appointment", line.appointmentAt && time(line.appointmentAt)],
    ["Needs", line.needs.join(", ").replaceAll("_", " ")],
    ["Notes", line.notes],
  ];
  const rows = facts.filter(([, text]) => text).map(([name, text]) => `<dt>${name}</dt><dd>${escape(text ?? "")}</dd>`);
  const clocks = CLOCKS.map((name) => `<span>${name}</span>`).join("");
  return `<article><h2>${time(line.pickup.at ?? line.requestedAt)} · ${escape(line.number)} · ${escape(line.level.toUpperCase())} · ${escape(line.status.replaceAll("_", " "))}</h2><dl>${rows.join("")}</dl><div class="clocks">${clocks}</div></article>`;
}

const endText = ({ facility, address, notes, at }: RunEnd, time: Clock): string =>
  [facility, address, at && time(at), notes].filter(Boolean).join(" · ");

function clockOf(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (at) => (at === null ? "" : format.format(at));
}
