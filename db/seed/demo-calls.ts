import type { FacilityKind } from "@/server/domain/fleet/vocabulary";
import type { EndInput } from "@/server/domain/trips/inputs";
import type { Level, Priority } from "@/server/domain/trips/vocabulary";
import type { DemoFacility, Home } from "./demo-places";
import type { Dice } from "./random";

const FIRST = ["Ada", "Bertram", "Constance", "Desmond", "Estelle", "Floyd", "Gwendolyn", "Horace", "Ines", "Jerome"];
const FIRST_TOO = ["Katya", "Lionel", "Mabel", "Nestor", "Opal", "Percival", "Rosa", "Silas", "Thelma", "Virgil"];
const LAST = [
  "Abbott",
  "Baptiste",
  "Cho",
  "Dufresne",
  "Espinoza",
  "Fontaine",
  "Gupta",
  "Hargrove",
  "Ishikawa",
  "Jansen",
];
const LAST_TOO = ["Kessler", "Lafayette", "Mbeki", "Novak", "Oyelaran", "Pruitt", "Ruiz", "Szabo", "Tran", "Winslow"];
const LONG = ["Bartholomew Featherstonehaugh-Cholmondeley", "Maximiliana Wolfeschlegelsteinhausen"];
const NOTES = [
  "Use the side door",
  "Dog in the yard",
  "Second floor, no lift",
  "Call ahead",
  "Ask at the front desk",
  null,
  null,
  null,
];

/** A call of the demo's day, without its times. Riders are invented. */
export type Call = {
  level: Level;
  priority: Priority;
  riderName: string | null;
  riderPhone: string | null;
  pickup: EndInput;
  dropoff: EndInput;
  needs: string[];
  lightsAndSiren: boolean;
  notes: string | null;
};
export type Places = { homes: readonly Home[]; facilities: readonly DemoFacility[] };

type Pattern = { level: Level; from: FacilityKind | "home"; to: FacilityKind; needs?: string[]; priority?: Priority };
const WHEELCHAIR: Pattern[] = [
  { level: "wheelchair", from: "home", to: "dialysis" },
  { level: "wheelchair", from: "home", to: "clinic", needs: ["escort"] },
  { level: "wheelchair", from: "snf", to: "physician" },
  { level: "ambulatory", from: "home", to: "rehab" },
  { level: "wheelchair", from: "residence", to: "diagnostic", needs: ["oxygen"] },
];
const BASIC: Pattern[] = [
  { level: "bls", from: "snf", to: "hospital" },
  { level: "bls", from: "hospital", to: "snf", needs: ["oxygen"] },
  { level: "stretcher", from: "snf", to: "dialysis" },
  { level: "bls", from: "home", to: "hospital", priority: "urgent" },
];
const ADVANCED: Pattern[] = [
  { level: "als", from: "home", to: "hospital", priority: "emergency" },
  { level: "als", from: "hospital", to: "hospital", priority: "urgent", needs: ["two_crew"] },
  { level: "bls", from: "home", to: "hospital", priority: "urgent" },
];
/** What units of a kind mostly do, by the letter of their call sign. */
export const PATTERNS: Record<string, Pattern[]> = {
  W: WHEELCHAIR,
  V: [
    { level: "ambulatory", from: "home", to: "clinic" },
    { level: "ambulatory", from: "home", to: "physician" },
  ],
  S: [
    { level: "stretcher", from: "snf", to: "diagnostic" },
    { level: "stretcher", from: "hospital", to: "snf" },
  ],
  A: BASIC,
  B: [{ level: "stretcher", from: "snf", to: "hospital", needs: ["bariatric"] }],
  M: ADVANCED,
  C: [{ level: "sct", from: "hospital", to: "hospital", priority: "urgent", needs: ["ventilator"] }],
};

function endOf(kind: FacilityKind | "home", { homes, facilities }: Places, dice: Dice, not?: string): EndInput {
  if (kind === "home") {
    const { address, zip, lat, lon } = dice.pick(homes);
    return { address, zip, lat, lon, notes: dice.pick(NOTES) };
  }
  const of = facilities.filter((facility) => facility.kind === kind && facility.id !== not);
  return { facilityId: dice.pick(of.length > 0 ? of : facilities).id };
}

/** Somebody who has to go from somewhere to somewhere. */
export function inventCall(pattern: Pattern, places: Places, dice: Dice): Call {
  const pickup = endOf(pattern.from, places, dice);
  const dropoff = endOf(pattern.to, places, dice, pickup.facilityId ?? undefined);
  const emergency = pattern.priority === "emergency";
  const known = !emergency || dice.chance(0.4);
  const name = dice.chance(0.04)
    ? dice.pick(LONG)
    : `${dice.pick([...FIRST, ...FIRST_TOO])} ${dice.pick([...LAST, ...LAST_TOO])}`;
  return {
    level: pattern.level,
    priority: pattern.priority ?? "scheduled",
    riderName: known ? name : null,
    riderPhone: known ? `309555${String(dice.between(100, 199)).padStart(4, "0")}` : null,
    pickup,
    dropoff,
    needs: pattern.needs ?? [],
    lightsAndSiren: emergency,
    notes: known && dice.chance(0.15) ? "Rider speaks Spanish" : null,
  };
}
