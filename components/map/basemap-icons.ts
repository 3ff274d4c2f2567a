import type { StyleImageMetadata } from "maplibre-gl";
import { type BasemapColors, basemapColors, type MapTheme } from "./basemap-flavors";

export type BasemapIcon = { image: ImageData; options: Partial<StyleImageMetadata> };
const RATIO = 2;

function canvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width * RATIO, height * RATIO).getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  context.scale(RATIO, RATIO);
  return context;
}

const finish = (c: OffscreenCanvasRenderingContext2D, options: Partial<StyleImageMetadata> = {}): BasemapIcon => ({
  image: c.getImageData(0, 0, c.canvas.width, c.canvas.height),
  options: { pixelRatio: RATIO, ...options },
});

/** A plate that stretches around a route number. */
function shield(colors: BasemapColors): BasemapIcon {
  const c = canvas(20, 16);
  c.beginPath();
  c.roundRect(1, 1, 18, 14, 3.5);
  c.fillStyle = colors.shieldFill;
  c.fill();
  c.strokeStyle = colors.shieldLine;
  c.lineWidth = 1;
  c.stroke();
  return finish(c, { stretchX: [[12, 28]], stretchY: [[12, 20]], content: [6, 4, 34, 28] });
}

function hospital(colors: BasemapColors): BasemapIcon {
  const c = canvas(16, 16);
  c.beginPath();
  c.roundRect(1, 1, 14, 14, 3);
  c.fillStyle = colors.flavor.earth;
  c.fill();
  c.strokeStyle = colors.hospitalLabel;
  c.stroke();
  c.fillStyle = colors.hospitalLabel;
  c.fillRect(4.5, 4, 1.8, 8);
  c.fillRect(9.7, 4, 1.8, 8);
  c.fillRect(5, 7.1, 6, 1.8);
  return finish(c);
}

function oneway(colors: BasemapColors): BasemapIcon {
  const c = canvas(10, 12);
  c.strokeStyle = colors.flavor.roads_label_minor;
  c.lineWidth = 1.2;
  c.beginPath();
  c.moveTo(5, 11);
  c.lineTo(5, 1.5);
  c.moveTo(2, 4.5);
  c.lineTo(5, 1.5);
  c.lineTo(8, 4.5);
  c.stroke();
  return finish(c);
}

/** Draws one of the basemap's icons, or null for a name that is not one of them. */
export function basemapIcon(id: string, theme: MapTheme): BasemapIcon | null {
  const colors = basemapColors(theme);
  if (id === "shield") return shield(colors);
  if (id === "hospital") return hospital(colors);
  return id === "oneway" ? oneway(colors) : null;
}
