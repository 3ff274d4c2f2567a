import type { Level } from "@/server/domain/trips/vocabulary";
import type { FacilityKind, FacilityModifier, Places, VehicleType } from "./vocabulary";

/** What a vehicle of a type carries unless it is said otherwise. */
export const USUAL_CAPACITY: Record<VehicleType, { levels: Level[]; places: Places }> = {
  ambulance: { levels: ["stretcher", "bls"], places: { ambulatory: 1, wheelchair: 0, stretcher: 1 } },
  wheelchair_van: { levels: ["ambulatory", "wheelchair"], places: { ambulatory: 3, wheelchair: 2, stretcher: 0 } },
  stretcher_van: { levels: ["stretcher"], places: { ambulatory: 1, wheelchair: 0, stretcher: 1 } },
  car: { levels: ["ambulatory"], places: { ambulatory: 3, wheelchair: 0, stretcher: 0 } },
};

/**
 * The claim letter of a kind of place, unless an agency knows better.
 * @see CMS, Medicare Claims Processing Manual, chapter 15, section 30 A: origin and destination modifiers
 */
export const USUAL_MODIFIER: Record<FacilityKind, FacilityModifier | null> = {
  hospital: "H",
  snf: "N",
  dialysis: "J",
  clinic: "D",
  physician: "P",
  diagnostic: "D",
  rehab: "E",
  residence: "R",
  other: null,
};
