import { MILE } from "../gazetteer";
import type { XY } from "../geometry";
import type { Land } from "../land";
import { avenueName, ordinal } from "../names";
import type { StreetSpec } from "./street";

/** A line somebody drew on the plan: not yet cut by water and freeways. */
export type Planned = { line: XY[]; spec: StreetSpec; bridges: boolean };
export const SIXTEENTH_M = MILE / 16;

/** Name of the east-west street `k` sixteenths of a mile north of Main St, on the given side of Central Ave. */
export function streetName(k: number, east: boolean): string {
  const side = east ? "E" : "W";
  return k === 0 ? `${side} Main St` : `${k > 0 ? "N" : "S"}${side} ${ordinal(Math.abs(k))} St`;
}

/** Name of the north-south avenue `k` sixteenths of a mile east of Central Ave, on the given side of Main St. */
export function avenueFullName(k: number, north: boolean): string {
  const side = north ? "N" : "S";
  if (k === 0) return `${side} Central Ave`;
  return `${side} ${avenueName(k)} ${k % 48 === 0 ? "Blvd" : k % 8 === 0 ? "Ave" : "St"}`;
}

/** House numbers grow by a hundred every eighth of a mile from the axis the street crosses. */
export const alongSurvey = (land: Land, axis: 0 | 1) => ({ metresAt: (p: XY) => Math.abs(land.unwarp(p)[axis]) });
