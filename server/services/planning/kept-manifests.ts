import "server-only";
import { LRUCache } from "lru-cache";
import type { Tx } from "@/db/client";
import { manifestStamps } from "@/db/queries/manifest-stamps";
import { type PlanningStopRow, type PlanningTripRow, planningStops, tripsOfShifts } from "@/db/queries/planning-day";
import { groupBy } from "@/server/domain/group-by";
import { singleton } from "@/server/singleton";

/** What is on a unit's manifest, and the stamp of the rows that it was read from. */
type Manifest = { stamp: string; trips: readonly PlanningTripRow[]; stops: readonly PlanningStopRow[] };
/** Manifests that were read before, by agency and shift; whoever finds one with the stamp of now need not read it. */
export type KeptManifests = LRUCache<string, Manifest>;

/** Some dozen stops each: some 20 MB at the most. */
const MAX_KEPT = 1_000;
export const newKeptManifests = (): KeptManifests => new LRUCache({ max: MAX_KEPT });
/** Those of this process. */
export const keptManifests = (): KeptManifests => singleton("kept-manifests", newKeptManifests);

/**
 * Trips and stops of these shifts as they are now, for a question while somebody waits. Only those that changed since
 * they were read last are read; a stamp tells, which any write to any of the rows changes (decision 38).
 */
export async function manifestsNow(tx: Tx, agencyId: string, shiftIds: readonly string[], kept: KeptManifests) {
  const keyOf = (shiftId: string) => `${agencyId} ${shiftId}`;
  const stamps = new Map((await manifestStamps(tx, agencyId, shiftIds)).map((row) => [row.shiftId, row.stamp]));
  const changed = shiftIds.filter((id) => stamps.has(id) && kept.get(keyOf(id))?.stamp !== stamps.get(id));
  const [trips, stops] = await Promise.all([
    tripsOfShifts(tx, agencyId, changed),
    planningStops(tx, agencyId, changed),
  ]);
  const tripsOf = groupBy(trips, ({ assignment }) => assignment?.shiftId);
  const stopsOf = groupBy(stops, ({ shiftId }) => shiftId);
  const read = changed.map((id) => {
    const manifest = { stamp: stamps.get(id) ?? "", trips: tripsOf.get(id) ?? [], stops: stopsOf.get(id) ?? [] };
    kept.set(keyOf(id), manifest);
    return [id, manifest] as const;
  });
  const fresh = new Map(read);
  const manifestOf = (id: string) => fresh.get(id) ?? (stamps.has(id) ? kept.get(keyOf(id)) : undefined);
  const manifests = shiftIds.map((id) => [id, manifestOf(id)] as const);
  return {
    trips: manifests.flatMap(([, manifest]) => manifest?.trips ?? []),
    stopsOf: new Map(manifests.flatMap(([id, manifest]) => (manifest ? [[id, manifest.stops] as const] : []))),
  };
}
