/** Road classes, from the fastest to the slowest; a class's place in the list is its code in a stored graph. */
export const ROAD_CLASSES = [
  "motorway",
  "motorway_link",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "service",
] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** Free-flow speed by class in metres per second (65, 40, 45, 35, 30, 45, 25 and 15 mph). */
export const FREE_FLOW_MPS: Record<RoadClass, number> = {
  motorway: 29.1,
  motorway_link: 17.9,
  primary: 20.1,
  secondary: 15.6,
  tertiary: 13.4,
  unclassified: 20.1,
  residential: 11.2,
  service: 6.7,
};
