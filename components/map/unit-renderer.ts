import type { GeoJSONSourceDiff } from "maplibre-gl";
import { diffFeatures } from "./diff-features";
import { keepFeatures } from "./feature-keeper";
import { GLIDE_FROM_ZOOM } from "./glide-zoom";
import type { GeoJSONSource, MapLibreMap } from "./maplibre";
import type { MarkLayer } from "./mark-layer";
import { Motion } from "./motion";
import { speakingUnits } from "./speaking-units";
import { type UnitFeature, unitFeatures } from "./to-feature-collection";
import type { LivePosition, PositionSource, UnitOnMap } from "./unit-on-map";

const MOST_GLIDING = 400;
/** A truck on a motorway drives about a pixel in this time at zoom 15, and two at 17. */
const FRAME_MS = 80;
/** A machine that takes long for a frame gets fewer of them: the next one starts after this many times its cost. */
const REST = 3;
/** The cells in view tell of their units one after the other, in one burst: it is drawn whole. */
const COLLECT_MS = 60;
/**
 * A drawing makes the map lay out every label again, which costs far more than our part in it. Far out, a second of
 * driving is less than a pixel or two, and no cell tells of its units more often; close up a large fleet rests longer, in
 * proportion to what it took.
 */
const LEAST_REST_MS = 1000;
const LEAST_REST_CLOSE_MS = 150;
const MOST_REST_MS = 1000;
const REST_OF_PLACES = 150;
/** While the map is moved by hand its marks are at most this old. */
const MOST_HELD_MS = 1500;

/** What the renderer draws with: the marks of all units; labels, counts and the ring of the selected one. */
type Surfaces = { marks: Pick<MarkLayer, "show">; source: GeoJSONSource };

/**
 * Keeps the fleet's marks and labels in step with units and positions, outside React. Only one change of the labels is
 * under way at a time: what comes meanwhile is merged, so a slow machine draws fewer frames instead of falling behind.
 */
export class UnitRenderer {
  private shown = new Map<string, UnitFeature>();
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
  private places: PositionSource | null = null;
  private nextFollowMs = 0;
  private heldSinceMs: number | null = null;
  private followTimer: ReturnType<typeof setTimeout> | null = null;
  private readonly motion = new Motion();
  private readonly draw = keepFeatures();

  constructor(
    private readonly map: MapLibreMap,
    private readonly on: Surfaces,
    private readonly clock: () => number,
    private readonly still: boolean,
  ) {}

  setUnits(units: readonly UnitOnMap[], selectedNo: string | null) {
    this.units = units;
    this.selectedNo = selectedNo;
    this.redraw();
  }

  /** Somebody moved: drawn with what comes in the same burst, or as soon as the last drawing allows. */
  moved(places: PositionSource) {
    this.places = places;
    if (this.followTimer !== null) return;
    const waitMs = Math.max(COLLECT_MS, this.nextFollowMs - performance.now());
    this.followTimer = setTimeout(() => this.follow(), waitMs);
  }

  private follow() {
    this.followTimer = null;
    if (this.isHeldByPan()) {
      this.followTimer = setTimeout(() => this.follow(), COLLECT_MS);
      return;
    }
    const startedMs = performance.now();
    const next = this.places?.get() ?? this.positions;
    const bounds = this.map.getBounds();
    const close = !this.still && this.map.getZoom() >= GLIDE_FROM_ZOOM;
    this.motion.aim(this.positions, next, startedMs, (no) => {
      const to = next.get(no);
      return close && to !== undefined && bounds.contains([to.lng, to.lat]);
    });
    if (this.motion.count > MOST_GLIDING) this.motion.settle();
    this.positions = next;
    this.redraw();
    const endedMs = performance.now();
    const leastMs = close ? LEAST_REST_CLOSE_MS : LEAST_REST_MS;
    const restMs = Math.min(MOST_REST_MS, Math.max(leastMs, (endedMs - startedMs) * REST_OF_PLACES));
    this.nextFollowMs = endedMs + restMs;
  }

  /** Whoever drags the map wants it to follow the hand: the marks go along with it, and are renewed a little later. */
  private isHeldByPan(): boolean {
    const now = performance.now();
    if (!this.map.isMoving()) {
      this.heldSinceMs = null;
      return false;
    }
    this.heldSinceMs ??= now;
    if (now - this.heldSinceMs < MOST_HELD_MS) return true;
    this.heldSinceMs = now;
    return false;
  }

  /** Draws everything anew: ages, clusters, selection. */
  redraw() {
    const moment = { nowMs: this.clock(), zoom: this.map.getZoom(), selectedNo: this.selectedNo };
    const features = unitFeatures(this.units, this.positions, moment, this.draw).map((one) => this.inMotion(one));
    this.shown = byId(features);
    this.on.marks.show(features);
    this.map.getContainer().dataset.drawn = String(features.length);
    this.send(byId(speakingUnits(features, moment.zoom)));
    if (this.motion.count > 0 && this.frame === 0) this.frame = requestAnimationFrame(this.glide);
  }

  destroy() {
    this.gone = true;
    if (this.frame !== 0) cancelAnimationFrame(this.frame);
    if (this.followTimer !== null) clearTimeout(this.followTimer);
    this.waiting = null;
  }

  private inMotion(feature: UnitFeature): UnitFeature {
    const no = feature.properties.id;
    const position = this.positions.get(no);
    if (!position || !this.motion.isMoving(no)) return feature;
    const { lng, lat } = this.motion.at(no, position, performance.now());
    return { ...feature, geometry: { type: "Point", coordinates: [lng, lat] } };
  }

  /** Moves only who is under way; the rest of the fleet is not looked at. */
  private readonly glide = (timeMs: number) => {
    this.frame = this.motion.count > 0 ? requestAnimationFrame(this.glide) : 0;
    if (this.map.isMoving() || this.sending || timeMs - this.lastFrameMs < Math.max(FRAME_MS, this.costMs * REST))
      return;
    this.lastFrameMs = timeMs;
    const update: NonNullable<GeoJSONSourceDiff["update"]> = [];
    for (const no of this.motion.moving()) {
      const was = this.shown.get(no);
      if (!was) continue;
      const feature = this.inMotion(was);
      this.shown.set(no, feature);
      if (!this.drawn.has(no)) continue;
      this.drawn.set(no, feature);
      update.push({ id: no, newGeometry: feature.geometry });
    }
    this.on.marks.show([...this.shown.values()]);
    if (update.length > 0) this.tell(() => this.on.source.updateData({ update }));
  };

  private send(next: Map<string, UnitFeature>) {
    if (this.sending) {
      this.waiting = next;
      return;
    }
    const diff = diffFeatures(this.drawn, next);
    this.drawn = next;
    if (diff === null) return;
    this.tell(() =>
      diff === "everything"
        ? this.on.source.setData({ type: "FeatureCollection", features: [...next.values()] })
        : this.on.source.updateData(diff),
    );
  }

  private tell(change: () => Promise<unknown>) {
    this.sending = true;
    this.sentMs = performance.now();
    change().then(
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

const byId = (features: readonly UnitFeature[]): Map<string, UnitFeature> =>
  new Map(features.map((feature) => [feature.properties.id, feature]));
