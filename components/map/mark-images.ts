import { EMERGENCY_RING, MARK_PATHS, type MarkPath } from "@/components/status/mark-paths";
import { HUES, type Hue, MARK_NAMES, MARKS, type MarkName, ON_MARK } from "@/components/status/status-marks";
import type { MapTheme } from "./basemap-style";
import type { MapLibreMap } from "./maplibre";
import { iconName } from "./to-feature-collection";

/** Sides of a mark and of a beak in CSS pixels; images are twice as fine. */
export const FIELD_PX = 24;
export const BEAK_PX = 32;
const RATIO = 2;
const SURFACE: Record<MapTheme, string> = { light: "#ffffff", dark: "#0f1621" };

function drawing(sizePx = FIELD_PX): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(sizePx * RATIO, sizePx * RATIO).getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  context.scale(RATIO, RATIO);
  context.lineCap = "round";
  context.lineJoin = "round";
  return context;
}

function paint(c: OffscreenCanvasRenderingContext2D, path: MarkPath, colour: string) {
  const shape = new Path2D(path.d);
  if (path.stroke) {
    c.strokeStyle = colour;
    c.lineWidth = path.stroke;
    c.stroke(shape);
  } else {
    c.fillStyle = colour;
    c.fill(shape);
  }
}

/** A mark with a rim that parts it from streets and from other marks. */
function markImage(mark: MarkName, theme: MapTheme, emergency: boolean, greyed: boolean): ImageData {
  const c = drawing();
  c.translate(2, 2);
  const { shape, hue } = MARKS[mark];
  const shown: Hue = greyed ? "grey" : hue;
  const paths = MARK_PATHS[shape];
  const colours = { hue: HUES[shown].mark[theme], on: ON_MARK[theme], surface: SURFACE[theme] };
  for (const path of paths) paint(c, { d: path.d, paint: "surface", stroke: (path.stroke ?? 0) + 3 }, SURFACE[theme]);
  if (emergency) {
    paint(c, { ...EMERGENCY_RING, stroke: 4 }, SURFACE[theme]);
    paint(c, EMERGENCY_RING, HUES.red.mark[theme]);
  }
  for (const path of paths) paint(c, path, colours[path.paint]);
  return c.getImageData(0, 0, FIELD_PX * RATIO, FIELD_PX * RATIO);
}

/** Shows where a mark without an arrow is heading: a beak north of it, turned by the map. */
function beakImage(theme: MapTheme): ImageData {
  const c = drawing(BEAK_PX);
  c.fillStyle = HUES.grey.mark[theme];
  c.strokeStyle = SURFACE[theme];
  c.lineWidth = 2;
  const beak = new Path2D("M16 1 20.5 7.5 11.5 7.5Z");
  c.stroke(beak);
  c.fill(beak);
  return c.getImageData(0, 0, BEAK_PX * RATIO, BEAK_PX * RATIO);
}

/** The clock before the minutes of a trip that is late (red), or feared to be (amber). */
function clockImage(theme: MapTheme, hue: Hue): ImageData {
  const c = drawing(12);
  c.strokeStyle = HUES[hue].mark[theme];
  c.lineWidth = 1.6;
  c.stroke(new Path2D("M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9ZM6 3.6V6l1.8 1.2"));
  return c.getImageData(0, 0, 12 * RATIO, 12 * RATIO);
}

/** A pill that stretches around the count of a cluster. */
function plateImage(theme: MapTheme): ImageData {
  const c = drawing(20);
  c.beginPath();
  c.roundRect(1, 1, 18, 18, 9);
  c.fillStyle = SURFACE[theme];
  c.fill();
  c.strokeStyle = HUES.grey.mark[theme];
  c.lineWidth = 1.25;
  c.stroke();
  return c.getImageData(0, 0, 20 * RATIO, 20 * RATIO);
}

export const PLATE = "unit:plate";
export const LATE = "unit:late";
export const AT_RISK = "unit:at-risk";

/** Gives the map what stands in its labels and around its counts, in its theme. Marks are in `markAtlas`. */
export function addLabelImages(map: MapLibreMap, theme: MapTheme) {
  const add = (name: string, image: ImageData) =>
    map.hasImage(name) || map.addImage(name, image, { pixelRatio: RATIO });
  add(LATE, clockImage(theme, "red"));
  add(AT_RISK, clockImage(theme, "amber"));
  const middle: [number, number][] = [[19, 21]];
  if (!map.hasImage(PLATE))
    map.addImage(PLATE, plateImage(theme), { pixelRatio: RATIO, stretchX: middle, stretchY: middle });
}

/** Every mark and the beak in one picture: square cells of `CELL_PX`, `COLUMNS` in a row, each image in its cell's middle. */
export type MarkAtlas = { picture: OffscreenCanvas; cellOf: ReadonlyMap<string, number> };
export const CELL_PX = 64;
export const COLUMNS = 8;
/** The cell of the beak; all others hold marks. */
export const BEAK_CELL = 0;

export function markAtlas(theme: MapTheme): MarkAtlas {
  const images = MARK_NAMES.flatMap((mark) =>
    [false, true].flatMap((emergency) =>
      [false, true].map(
        (greyed) => [iconName(mark, emergency, greyed), markImage(mark, theme, emergency, greyed)] as const,
      ),
    ),
  );
  const rows = Math.ceil((images.length + 1) / COLUMNS);
  const picture = new OffscreenCanvas(COLUMNS * CELL_PX, rows * CELL_PX);
  const context = picture.getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  [beakImage(theme), ...images.map(([, image]) => image)].forEach((image, cell) => {
    const left = (cell % COLUMNS) * CELL_PX + (CELL_PX - image.width) / 2;
    const top = Math.floor(cell / COLUMNS) * CELL_PX + (CELL_PX - image.height) / 2;
    context.putImageData(image, left, top);
  });
  return { picture, cellOf: new Map(images.map(([name], index) => [name, index + 1])) };
}
