import type { MarkShape } from "./status-marks";

/** One stroke or fill of a mark on a 20 x 20 field; `paint` names a role, so one drawing serves both themes. */
export type MarkPath = { d: string; paint: "hue" | "on" | "surface"; stroke?: number };

const circle = (radius: number) =>
  `M10 ${10 - radius}a${radius} ${radius} 0 1 1 0 ${2 * radius}a${radius} ${radius} 0 1 1 0 ${-2 * radius}Z`;
const square = (half: number, corner: number) => {
  const side = 2 * (half - corner);
  const arc = (dx: number, dy: number) => `a${corner} ${corner} 0 0 1 ${dx} ${dy}`;
  return `M${10 - half + corner} ${10 - half}h${side}${arc(corner, corner)}v${side}${arc(-corner, corner)}h${-side}${arc(-corner, -corner)}v${-side}${arc(corner, -corner)}Z`;
};
const ARROW = "M10 5 13.8 13.6 10 11.5 6.2 13.6Z";

/** How each shape is drawn, first path lowest; arrows point north and are turned by the heading on the map. */
export const MARK_PATHS: Record<MarkShape, readonly MarkPath[]> = {
  disc: [{ d: circle(7), paint: "hue" }],
  ring: [
    { d: circle(7), paint: "surface" },
    { d: circle(5.6), paint: "hue", stroke: 2.8 },
  ],
  "disc-dot": [
    { d: circle(7), paint: "hue" },
    { d: circle(2.6), paint: "on" },
  ],
  "disc-arrow": [
    { d: circle(7.5), paint: "hue" },
    { d: ARROW, paint: "on" },
  ],
  "square-outline": [
    { d: square(6.8, 1.5), paint: "surface" },
    { d: square(5.4, 0.8), paint: "hue", stroke: 2.8 },
  ],
  "square-arrow": [
    { d: square(7, 1.5), paint: "hue" },
    { d: ARROW, paint: "on" },
  ],
  square: [{ d: square(6.5, 1.5), paint: "hue" }],
  bars: [
    { d: circle(7.5), paint: "surface" },
    { d: "M5.5 4.5h3.2v11H5.5ZM11.3 4.5h3.2v11h-3.2Z", paint: "hue" },
  ],
  hourglass: [
    { d: circle(7.5), paint: "surface" },
    { d: "M4.8 3.8h10.4L11 10l4.2 6.2H4.8L9 10Z", paint: "hue" },
  ],
  cross: [
    { d: circle(7.5), paint: "surface" },
    { d: "M5 5 15 15M15 5 5 15", paint: "hue", stroke: 3 },
  ],
  dash: [
    { d: circle(7.5), paint: "surface" },
    { d: "M4.5 10h11", paint: "hue", stroke: 3 },
  ],
  question: [
    { d: circle(7.5), paint: "surface" },
    { d: circle(6.9), paint: "hue", stroke: 1.5 },
    { d: "M7.7 8.1a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.2.8-1.2 1.7M10 13.6v.9", paint: "hue", stroke: 1.7 },
  ],
  hollow: [
    { d: circle(7.5), paint: "surface" },
    { d: circle(6.4), paint: "hue", stroke: 1.5 },
  ],
  diamond: [
    { d: "M10 2.5 17.5 10 10 17.5 2.5 10Z", paint: "surface" },
    { d: "M10 4 16 10 10 16 4 10Z", paint: "hue", stroke: 2 },
  ],
  check: [{ d: "M4.5 10.5 8.4 14.4 15.8 5.9", paint: "hue", stroke: 2.6 }],
  slash: [
    { d: circle(6.4), paint: "hue", stroke: 2 },
    { d: "M5.6 14.4 14.4 5.6", paint: "hue", stroke: 2 },
  ],
};

/** Shapes whose arrow turns with the vehicle. */
export const turnsWithHeading = (shape: MarkShape): boolean => shape === "disc-arrow" || shape === "square-arrow";
/** The outline of trouble around a mark: outside every shape. */
export const EMERGENCY_RING: MarkPath = { d: circle(9), paint: "hue", stroke: 2 };
