import type { Random } from "@/scripts/county/random";
import { bearingDeg, distanceM, type LngLat } from "@/server/domain/geo/lng-lat";
import type { Leg, Route } from "@/server/domain/roads/find-route";
import { num, type RoadGraph, shapeOf } from "@/server/domain/roads/graph";

/** Comfortable acceleration and braking, m/s². */
const ACCELERATION = 1.6;
const BRAKING = 2.2;

/** A place on the way where one must be slow: `waitS` seconds standing when the speed is 0. */
type Slow = { atM: number; speedMps: number; waitS: number };
type Stretch = { untilM: number; limitMps: number };
/** A route laid out for driving: where it runs and how fast one may be. */
export type Course = { points: LngLat[]; atM: number[]; stretches: Stretch[]; slows: Slow[]; lengthM: number };
export type Driving = { course: Course; drivenM: number; speedMps: number; waitingS: number; nextSlow: number };

const turnBetween = (a: number, b: number) => Math.abs(((b - a + 540) % 360) - 180);

/** The part of an edge's shape that a leg drives, in driving direction. */
function legPoints(g: RoadGraph, { edge, fromM, toM }: Leg): LngLat[] {
  const shape = shapeOf(g, edge);
  const [low, high] = [Math.min(fromM, toM), Math.max(fromM, toM)];
  const out: LngLat[] = [];
  let before = 0;
  for (let i = 1; i < shape.length; i++) {
    const [a, b] = [shape[i - 1], shape[i]];
    if (!a || !b) continue;
    const d = distanceM(a, b);
    const place = (m: number): LngLat => ({
      lng: a.lng + (b.lng - a.lng) * ((m - before) / d),
      lat: a.lat + (b.lat - a.lat) * ((m - before) / d),
    });
    if (d > 0 && before + d >= low && before <= high) {
      if (out.length === 0) out.push(place(Math.max(low, before)));
      out.push(before + d <= high ? b : place(high));
    }
    before += d;
  }
  return fromM <= toM ? out : out.toReversed();
}

/** Lays out a route: speed limits per road, slow turns, and now and then a red light. */
export function layCourse(g: RoadGraph, route: Route, random: Random): Course {
  const course: Course = { points: [], atM: [], stretches: [], slows: [], lengthM: 0 };
  for (const leg of route.legs) {
    const points = legPoints(g, leg);
    if (points.length < 2) continue;
    const last = course.points.at(-1);
    const before = course.points.at(-2);
    const [first, second] = [points[0], points[1]];
    if (last && before && first && second)
      addJunction(course, g, leg.edge, turnBetween(bearingDeg(before, last), bearingDeg(first, second)), random);
    for (const p of points) {
      const previous = course.points.at(-1);
      const d = previous ? distanceM(previous, p) : 0;
      if (previous && d < 0.3) continue;
      course.lengthM += d;
      course.points.push(p);
      course.atM.push(course.lengthM);
    }
    course.stretches.push({ untilM: course.lengthM, limitMps: num(g.edgeSpeedMps, leg.edge) });
  }
  course.slows.push({ atM: course.lengthM, speedMps: 0, waitS: 0 });
  return course;
}

function addJunction(course: Course, g: RoadGraph, edge: number, turn: number, random: Random): void {
  const atM = course.lengthM;
  const freeway = num(g.edgeClass, edge) < 2;
  if (turn > 30) course.slows.push({ atM, speedMps: freeway ? 14 : turn > 70 ? 4.5 : 7.5, waitS: 0 });
  else if (!freeway && random() < 0.035) course.slows.push({ atM, speedMps: 0, waitS: 4 + random() * 24 });
}

export const startDriving = (course: Course): Driving => ({
  course,
  drivenM: 0,
  speedMps: 0,
  waitingS: 0,
  nextSlow: 0,
});
export const hasArrived = (d: Driving): boolean => d.drivenM >= d.course.lengthM - 0.5;

function limitAt(course: Course, m: number): number {
  let [low, high] = [0, course.stretches.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((course.stretches[middle]?.untilM ?? 0) > m) high = middle;
    else low = middle + 1;
  }
  return course.stretches[low]?.limitMps ?? 10;
}

/** One second of driving. `pace` is the share of the free-flow speed the driver keeps, above 1 with lights and siren. */
function second(d: Driving, pace: number): Driving {
  if (d.waitingS > 0) return { ...d, speedMps: 0, waitingS: d.waitingS - 1 };
  const { slows, lengthM } = d.course;
  let allowed = limitAt(d.course, d.drivenM) * pace;
  for (let i = d.nextSlow; i < slows.length; i++) {
    const slow = slows[i];
    if (!slow || slow.atM - d.drivenM > 400) break;
    allowed = Math.min(allowed, Math.sqrt(slow.speedMps ** 2 + 2 * BRAKING * Math.max(0, slow.atM - d.drivenM)));
  }
  const wanted = Math.max(Math.min(allowed, d.speedMps + ACCELERATION), d.speedMps - BRAKING * 1.5);
  const speedMps = Math.max(wanted, 0.8);
  const drivenM = Math.min(lengthM, d.drivenM + speedMps);
  let { nextSlow } = d;
  let waitingS = 0;
  for (let slow = slows[nextSlow]; slow && slow.atM <= drivenM + 0.8; slow = slows[nextSlow]) {
    waitingS = Math.max(waitingS, slow.waitS);
    nextSlow++;
  }
  return { ...d, drivenM, speedMps: drivenM >= lengthM - 0.5 ? 0 : speedMps, nextSlow, waitingS };
}

/** Drives on for some seconds. */
export function driveFor(d: Driving, seconds: number, pace: number): Driving {
  let now = d;
  for (let s = 0; s < Math.round(seconds) && !hasArrived(now); s++) now = second(now, pace);
  return now;
}

/** Where a driver is and which way the truck points. */
export function placeOf(d: Driving): { point: LngLat; headingDeg: number } {
  const { points, atM } = d.course;
  let [low, high] = [0, Math.max(0, atM.length - 2)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atM[middle + 1] ?? 0) > d.drivenM) high = middle;
    else low = middle + 1;
  }
  const [a, b] = [points[low], points[low + 1]];
  if (!a) throw new RangeError("a course without points");
  if (!b) return { point: a, headingDeg: 0 };
  const [from, to] = [atM[low] ?? 0, atM[low + 1] ?? 0];
  const t = to > from ? Math.max(0, Math.min(1, (d.drivenM - from) / (to - from))) : 0;
  return {
    point: { lng: a.lng + (b.lng - a.lng) * t, lat: a.lat + (b.lat - a.lat) * t },
    headingDeg: bearingDeg(a, b),
  };
}
