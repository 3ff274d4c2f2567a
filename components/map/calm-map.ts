import { GLIDE_FROM_ZOOM } from "./glide-zoom";
import { MapLibreMap } from "./maplibre";

/** The tiles of one change come one after the other within this time: less where marks glide. Milliseconds. */
const COLLECT_FAR_MS = 120;
const COLLECT_CLOSE_MS = 40;
/** What somebody does to the map is drawn at once, and so is what follows from it for a moment. */
const HANDS_ON_MS = 500;
/** While the map moves its labels move along, and are placed anew so often: for each picture it would jerk. */
const PLACE_MOVING_MS = 300;
const HANDS = ["pointerdown", "pointermove", "wheel", "keydown"] as const;

/**
 * A map that draws once what came in pieces. Each drawing lays out every label again, which is most of what a moving fleet
 * costs the page, and a change of the fleet comes back tile by tile: left alone, the map draws after each of them.
 */
export class CalmMap extends MapLibreMap {
  // Declared only: the constructor above already draws.
  declare private isCalm: boolean | undefined;
  declare private waiting: ReturnType<typeof setTimeout> | undefined;
  declare private handsOnMs: number | undefined;

  /** From now on: the first picture is better drawn piece by piece. */
  calm(): void {
    this.isCalm = true;
    for (const name of HANDS) this.getContainer().addEventListener(name, this.noteHand, { passive: true });
    this.on("movestart", () => this.placeLabelsEvery(PLACE_MOVING_MS));
    this.on("moveend", () => this.placeLabelsEvery(0));
  }

  /** Without a duration for fading, every picture places every label anew. */
  private placeLabelsEvery(ms: number): void {
    this._fadeDuration = ms;
    this.triggerRepaint();
  }

  private readonly noteHand = (event: Event) => {
    if (event instanceof PointerEvent && event.type === "pointermove" && event.buttons === 0) return;
    this.handsOnMs = performance.now();
  };

  override triggerRepaint(): void {
    const isHandled = performance.now() - (this.handsOnMs ?? Number.NEGATIVE_INFINITY) < HANDS_ON_MS;
    if (!this.isCalm || isHandled || this.isMoving()) {
      super.triggerRepaint();
      return;
    }
    this.waiting ??= setTimeout(
      () => {
        this.waiting = undefined;
        super.triggerRepaint();
      },
      this.getZoom() < GLIDE_FROM_ZOOM ? COLLECT_FAR_MS : COLLECT_CLOSE_MS,
    );
  }

  override remove(): void {
    clearTimeout(this.waiting);
    for (const name of HANDS) this.getContainer().removeEventListener(name, this.noteHand);
    super.remove();
  }
}
