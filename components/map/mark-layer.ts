import type { CustomLayerInterface } from "maplibre-gl";
import type { MapTheme } from "./basemap-style";
import type { MapLibreMap } from "./maplibre";
import { FIELD_PX, type MarkAtlas, markAtlas } from "./mark-images";
import { markAt, NUMBERS, noMarks, placeMarks } from "./mark-places";
import { markProgram, markTexture, uniformsOf } from "./mark-shader";
import { mercatorX, mercatorY, worldPx } from "./mercator";
import type { UnitFeature } from "./to-feature-collection";
import { LABEL_ZOOM } from "./unit-layers";

export const MARK_LAYER = "units-mark";
/** A mark's size beside its field's, far out, and by how much it grows between zooms. */
const SMALLEST = 0.6;
const GROWTH = [
  { from: 8, to: 10, by: 0.2 },
  { from: 10, to: 12, by: 0.15 },
  { from: 12, to: 16, by: 0.2 },
];
/** A finger or a hasty hand may miss by so much, CSS pixels. */
const MISS_PX = 2;

type Drawing = {
  program: WebGLProgram;
  texture: WebGLTexture;
  buffer: WebGLBuffer;
  array: WebGLVertexArrayObject;
  uniforms: ReturnType<typeof uniformsOf>;
};

/**
 * The marks of all units, drawn by ourselves in one go: as symbols each of them would be placed, matched with its former
 * self and sorted at every drawing, which was most of what a large fleet cost the page.
 */
export class MarkLayer implements CustomLayerInterface {
  readonly id = MARK_LAYER;
  readonly type = "custom";
  private map: MapLibreMap | null = null;
  private drawing: Drawing | null = null;
  private readonly atlas: MarkAtlas;
  private marks = noMarks;
  private isSent = false;

  constructor(theme: MapTheme) {
    this.atlas = markAtlas(theme);
  }

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.map = map;
    const program = markProgram(gl);
    const array = gl.createVertexArray();
    const buffer = gl.createBuffer();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    for (const at of [0, 1]) {
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, 2, gl.FLOAT, false, NUMBERS * 4, at * 8);
      gl.vertexAttribDivisor(at, 1);
    }
    gl.bindVertexArray(null);
    const texture = markTexture(gl, this.atlas.picture);
    this.drawing = { program, texture, buffer, array, uniforms: uniformsOf(gl, program) };
    this.isSent = false;
  }

  onRemove(_: MapLibreMap, gl: WebGL2RenderingContext): void {
    if (!this.drawing) return;
    gl.deleteProgram(this.drawing.program);
    gl.deleteTexture(this.drawing.texture);
    gl.deleteBuffer(this.drawing.buffer);
    gl.deleteVertexArray(this.drawing.array);
    this.drawing = null;
  }

  /** Draws these units and no others. */
  show(features: readonly UnitFeature[]): void {
    this.marks = placeMarks(features, this.atlas.cellOf);
    this.isSent = false;
    this.map?.triggerRepaint();
  }

  render(gl: WebGL2RenderingContext): void {
    if (!this.drawing || !this.map) return;
    const { program, texture, buffer, array, uniforms } = this.drawing;
    const { world, shift, scale, zoom } = this.view(this.map);
    gl.useProgram(program);
    gl.bindVertexArray(array);
    if (!this.isSent) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.marks.places, gl.DYNAMIC_DRAW);
      this.isSent = true;
    }
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    const ratio = this.map.getPixelRatio() * 2;
    gl.uniform2f(uniforms.halfView, gl.drawingBufferWidth / ratio, gl.drawingBufferHeight / ratio);
    gl.uniform2f(uniforms.picture, this.atlas.picture.width, this.atlas.picture.height);
    gl.uniform2f(uniforms.shift, shift.x, shift.y);
    gl.uniform1f(uniforms.world, world);
    gl.uniform1f(uniforms.scale, scale);
    gl.uniform1f(uniforms.beak, zoom < LABEL_ZOOM ? 0 : 1);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.marks.beaks + this.marks.ids.length);
    gl.bindVertexArray(null);
  }

  /** The vehicle whose mark lies topmost at a point of the map, CSS pixels from its corner. */
  at(point: { x: number; y: number }): string | null {
    if (!this.map) return null;
    const { world, shift, scale } = this.view(this.map);
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const at = {
      x: (point.x - clientWidth / 2 - shift.x) / world,
      y: (point.y - clientHeight / 2 - shift.y) / world,
    };
    return markAt(this.marks, at, ((FIELD_PX / 2) * scale + MISS_PX) / world);
  }

  /** From the origin of the places to the middle of the view, in CSS pixels. */
  private view(map: MapLibreMap) {
    const [zoom, center] = [map.getZoom(), map.getCenter()];
    const world = worldPx(zoom);
    const shift = {
      x: (this.marks.origin.x - mercatorX(center.lng)) * world,
      y: (this.marks.origin.y - mercatorY(center.lat)) * world,
    };
    return { world, shift, zoom, scale: sizeAt(zoom) };
  }
}

function sizeAt(zoom: number): number {
  const grown = GROWTH.map(({ from, to, by }) => by * Math.min(1, Math.max(0, (zoom - from) / (to - from))));
  return grown.reduce((size, by) => size + by, SMALLEST);
}
