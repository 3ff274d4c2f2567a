import { diffFeatures } from "./diff-features";
import type { GeoJSONSource, MapLibreMap } from "./maplibre";
import { Motion } from "./motion";
import { type UnitFeature, unitFeatures } from "./to-feature-collection";
import type { LivePosition, UnitOnMap } from "./unit-on-map";

/** Closer than this, a second of driving is seen as motion; farther out it is less than a pixel or two. */
const GLIDE_FROM_ZOOM = 13;
const MOST_GLIDING = 400;
const FRAME_MS = 33;
/** A machine that takes long for a frame gets fewer of them: the next one starts after this many times its cost. */
const REST = 3;

/**
 * Keeps the fleet's source in step with units and positions, outside React. Only one change is under way at a time:
 * what comes meanwhile is merged, so a slow machine draws fewer frames instead of falling behind.
 */
export class UnitRenderer {
  private drawn = new Map<string, UnitFeature>();
  private waiting: Map<string, UnitFeature> | null = null;
  private sending = false;
  private gone = false;
  private frame = 0;
  private lastFrameMs = 0;
  private sentMs = 0;
  private costMs = 0;
  private units: readonly UnitOnMap[] = [];
  private positions: ReadonlyMap<string, LivePosition> = new Map<string, LivePosition>();
  private selectedNo: string | null = null;
  private readonly motion = new Motion();

  constructor(
    private readonly map: MapLibreMap,
    private readonly source: GeoJSONSource,
    private readonly clock: () => number,
    private readonly still: boolean,
  ) {}

  setUnits(units: readonly UnitOnMap[], selectedNo: string | null) {
    this.units = units;
    this.selectedNo = selectedNo;
    this.redraw();
  }

  setPositions(next: ReadonlyMap<string, LivePosition>) {
    const bounds = this.map.getBounds();
    const close = !this.still && this.map.getZoom() >= GLIDE_FROM_ZOOM;
    this.motion.aim(this.positions, next, performance.now(), (no) => {
      const to = next.get(no);
      return close && to !== undefined && bounds.contains([to.lng, to.lat]);
    });
    if (this.motion.moving.size > MOST_GLIDING) this.motion.settle();
    this.positions = next;
    this.redraw();
  }

  /** Draws everything anew: ages, clusters, selection. */
  redraw() {
    const moment = { nowMs: this.clock(), zoom: this.map.getZoom(), selectedNo: this.selectedNo };
    const features = unitFeatures(this.units, this.positions, moment);
    this.send(new Map(features.map((feature) => [feature.properties.id, this.inMotion(feature)])));
    if (this.motion.moving.size > 0 && this.frame === 0) this.frame = requestAnimationFrame(this.glide);
  }

  destroy() {
    this.gone = true;
    cancelAnimationFrame(this.frame);
    this.waiting = null;
  }

  private inMotion(feature: UnitFeature): UnitFeature {
    const no = feature.properties.id;
    const position = this.positions.get(no);
    if (!position || !this.motion.moving.has(no)) return feature;
    const { lng, lat } = this.motion.at(no, position, performance.now());
    return { ...feature, geometry: { type: "Point", coordinates: [lng, lat] } };
  }

  private readonly glide = (timeMs: number) => {
    const moving = this.motion.moving;
    this.frame = moving.size > 0 ? requestAnimationFrame(this.glide) : 0;
    if (this.sending || timeMs - this.lastFrameMs < Math.max(FRAME_MS, this.costMs * REST)) return;
    this.lastFrameMs = timeMs;
    const next = new Map(this.drawn);
    for (const no of moving) {
      const feature = next.get(no);
      if (feature) next.set(no, this.inMotion(feature));
    }
    this.send(next);
  };

  private send(next: Map<string, UnitFeature>) {
    if (this.sending) {
      this.waiting = next;
      return;
    }
    const diff = diffFeatures(this.drawn, next);
    this.drawn = next;
    if (diff === null) return;
    this.map.getContainer().dataset.drawn = String(next.size);
    this.sending = true;
    this.sentMs = performance.now();
    const sent =
      diff === "everything"
        ? this.source.setData({ type: "FeatureCollection", features: [...next.values()] })
        : this.source.updateData(diff);
    sent.then(
      () => this.next(),
      (error: unknown) => {
        this.next();
        // What was under way when the layer left the map has nowhere to be drawn; anything else is a bug to hear of.
        if (!this.gone) reportError(error);
      },
    );
  }

  private next() {
    this.costMs = performance.now() - this.sentMs;
    this.sending = false;
    const waiting = this.waiting;
    this.waiting = null;
    if (waiting) this.send(waiting);
  }
}
