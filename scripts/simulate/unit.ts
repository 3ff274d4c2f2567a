import { randomUUID } from "node:crypto";
import { pick, type Random } from "@/scripts/county/random";
import { distanceM, type LngLat } from "@/server/domain/geo/lng-lat";
import { Refused, type Session } from "./api-client";
import { currentTrip, nextStep } from "./crew-plan";
import { type Driving, driveFor, hasArrived, placeOf } from "./drive";
import { newReceiver, type Receiver, takeFix } from "./gps";
import type { Reporter } from "./reporter";
import { Anything, type Trip } from "./wire";
import type { World } from "./world";

const REFUSED_PAUSE_S = 45;
/** One press: which trip, which button, when. */
type Due = { tripId: string; status: string; atMs: number };
export type Crew = { press: () => Promise<Session>; handsOff: boolean };
export type UnitSetup = {
  shiftId: string;
  callSign: string;
  start: LngLat;
  reporter: Reporter;
  crew: Crew;
  posts: readonly LngLat[];
  random: Random;
  world: World;
};

/** One truck with its crew: drives, reports where it is, and presses the buttons its trips ask for. */
export class Unit {
  private receiver: Receiver;
  private driving: Driving | null = null;
  private at: LngLat;
  private headingDeg: number;
  private goal: string | null = null;
  private trip: Trip | null = null;
  private due: Due | null = null;
  private idleUntilMs = 0;
  private isPressing = false;
  private told: string | null = null;
  /** On a break, delayed or out of service: the truck stays where it is. */
  isResting = false;
  private readonly style: number;

  constructor(private readonly setup: UnitSetup) {
    const { random } = setup;
    this.receiver = newReceiver(random);
    this.at = setup.world.onRoad(setup.start)?.point ?? setup.start;
    this.headingDeg = Math.floor(random() * 360);
    this.style = 0.86 + random() * 0.14;
  }

  get shiftId(): string {
    return this.setup.shiftId;
  }
  get callSign(): string {
    return this.setup.callSign;
  }
  get isRevoked(): boolean {
    return this.setup.reporter.isRevoked;
  }

  /** Takes in what the server says about this unit's trips. */
  learn(trips: readonly Trip[]): void {
    const trip = currentTrip(trips);
    const moved = trip?.id !== this.trip?.id || trip?.status !== this.trip?.status;
    this.trip = trip;
    if (moved) this.due = null;
    if (trip && trip.id !== this.told && trip.status === "dispatched" && !this.setup.crew.handsOff)
      void this.receive(trip.id);
    if (!trip && this.goal !== "post") this.goal = null;
  }

  /** Lives on for `seconds` up to `now`, then reports. */
  tick(now: Date, seconds: number): void {
    this.decide(now);
    if (this.driving) {
      const pace = this.trip?.priority === "emergency" && this.goal !== "post" ? 1.22 : this.style;
      this.driving = driveFor(this.driving, seconds, pace);
      const { point, headingDeg } = placeOf(this.driving);
      [this.at, this.headingDeg] = [point, headingDeg];
      if (hasArrived(this.driving)) this.arrive(now);
    }
    const taken = takeFix(
      this.receiver,
      { point: this.at, headingDeg: this.headingDeg, speedMps: this.driving?.speedMps ?? 0, at: now },
      this.setup.random,
    );
    this.receiver = taken.receiver;
    this.setup.reporter.report(taken.fix);
    if (this.due && now.getTime() >= this.due.atMs) void this.press(this.due);
  }

  private decide(now: Date): void {
    if (!this.trip) return this.idle(now);
    const step = nextStep(this.trip, this.setup.random);
    if ("driveTo" in step) return this.headFor(step.driveTo, step.onArrival, now);
    if ("press" in step && !this.due) this.plan(step.press, now.getTime() + step.afterS * 1000);
    if (this.trip.status !== "acknowledged" && this.trip.status !== "dispatched") this.driving = null;
  }

  private headFor(end: "pickup" | "dropoff", onArrival: string, now: Date): void {
    const place = this.trip?.[end];
    if (!this.trip || place?.lat == null || place.lon == null || this.due) return;
    const to = { lat: place.lat, lng: place.lon };
    const goal = `${this.trip.id}:${end}:${place.lat}:${place.lon}`;
    if (this.goal === goal && this.driving) return;
    this.goal = goal;
    this.driving = distanceM(this.at, to) < 40 ? null : this.setup.world.setOut(this.at, to, this.setup.random);
    // Already there, or no road leads there: the crew walks the rest.
    if (!this.driving) this.plan(onArrival, now.getTime() + 15_000);
  }

  private arrive(now: Date): void {
    this.driving = null;
    const status = this.trip?.status;
    if (this.goal === "post") this.idleUntilMs = now.getTime() + (90 + this.setup.random() * 420) * 1000;
    else if (status === "en_route") this.plan("at_pickup", now.getTime() + 3000);
    else if (status === "loaded") this.plan("at_dropoff", now.getTime() + 3000);
  }

  private idle(now: Date): void {
    if (this.driving || this.isResting || now.getTime() < this.idleUntilMs) return;
    const { posts, random, world } = this.setup;
    if (this.goal === null) {
      this.goal = "post";
      this.idleUntilMs = now.getTime() + (20 + random() * 160) * 1000;
      return;
    }
    const nearby = posts.filter((p) => distanceM(p, this.at) < 9000);
    this.driving = world.setOut(this.at, pick(nearby.length > 0 ? nearby : posts, random()), random);
    this.idleUntilMs = now.getTime() + 60_000;
  }

  /** The phone buzzes, the crew looks at it. A step that is refused was taken by somebody else. */
  private async receive(tripId: string): Promise<void> {
    this.told = tripId;
    try {
      const session = await this.setup.crew.press();
      for (const step of ["on_phone", "seen"])
        await session.call("POST", `/trips/${tripId}/delivery`, Anything, { step });
    } catch {
      this.told = null;
    }
  }

  private plan(status: string, atMs: number): void {
    if (this.trip && !this.setup.crew.handsOff) this.due = { tripId: this.trip.id, status, atMs };
  }

  private async press(due: Due): Promise<void> {
    if (this.isPressing) return;
    this.isPressing = true;
    try {
      const session = await this.setup.crew.press();
      const position = { lat: this.at.lat, lon: this.at.lng };
      await session.call("POST", `/trips/${due.tripId}/status`, Anything, {
        status: due.status,
        position,
        clientEventId: randomUUID(),
      });
      if (this.trip?.id === due.tripId) this.trip = { ...this.trip, status: due.status };
      if (this.due === due) this.due = null;
    } catch (error) {
      // Somebody else was quicker, or the server is away: look again in a while.
      if (this.due === due)
        this.due =
          error instanceof Refused && error.status !== 429 ? null : { ...due, atMs: due.atMs + REFUSED_PAUSE_S * 1000 };
      if (error instanceof Refused && this.trip?.id === due.tripId) this.trip = null;
    } finally {
      this.isPressing = false;
    }
  }
}
