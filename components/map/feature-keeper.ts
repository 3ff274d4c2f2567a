import { type Draw, type UnitFeature, unitFeature } from "./to-feature-collection";

type Kept = { of: Parameters<Draw>; feature: UnitFeature };

/**
 * Answers with the same feature while unit, place and look are the same, so that of a large fleet only what moved is
 * built and compared anew. @returns in place of `unitFeature`
 */
export function keepFeatures(): Draw {
  const kept = new Map<string, Kept>();
  return (unit, at, shown, selected) => {
    const was = kept.get(unit.vehicleNo);
    if (was && isSame(was.of, unit, at, shown, selected)) return was.feature;
    const feature = unitFeature(unit, at, shown, selected);
    kept.set(unit.vehicleNo, { of: [unit, at, shown, selected], feature });
    return feature;
  };
}

function isSame([wasUnit, wasAt, was, wasSelected]: Parameters<Draw>, ...now: Parameters<Draw>): boolean {
  const [unit, at, shown, selected] = now;
  const isSameLook = was.mark === shown.mark && was.greyed === shown.greyed && was.ageText === shown.ageText;
  return wasUnit === unit && wasAt === at && wasSelected === selected && isSameLook;
}
