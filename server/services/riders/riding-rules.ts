import "server-only";
import type { Tx } from "@/db/client";
import { type RiderRow, ridersByIds } from "@/db/queries/riders";
import { pairsOfRider, setPairsOfRider } from "@/db/queries/riding-rules";
import type { Ctx } from "@/server/context";
import type { Reason } from "@/server/domain/reason";
import { AppError, staleVersion } from "@/server/errors";
import { crewReasons } from "@/server/services/people/crew-reasons";
import { personOf } from "@/server/services/trips/trip-work";
import { presentRider, type RiderDetail, type RiderFields } from "./rider-fields";

const unknown = (path: string): Reason => ({ path, code: "unknown", message: "there is no such rider" });

/**
 * Do the rules name people and riders of this agency, and nobody twice?
 * @throws AppError rule_broken with each that is wrong
 */
export async function assertRules(
  tx: Tx,
  agencyId: string,
  riderId: string,
  { preferredCrew = [], refusedCrew = [], pairs = [] }: Partial<RiderFields>,
): Promise<void> {
  const others = pairs.map((pair) => pair.riderId);
  const known = new Set((await ridersByIds(tx, agencyId, others)).map(({ id }) => id));
  const reasons: Reason[] = [
    ...(await crewReasons(tx, agencyId, "preferredCrew", preferredCrew)),
    ...(await crewReasons(tx, agencyId, "refusedCrew", refusedCrew)),
    ...others.flatMap((id, i) => (known.has(id) && id !== riderId ? [] : [unknown(`pairs.${i}.riderId`)])),
    ...preferredCrew.flatMap((id, i) =>
      refusedCrew.includes(id)
        ? [{ path: `preferredCrew.${i}`, code: "refused_too", message: "the same person is refused" }]
        : [],
    ),
  ];
  if (reasons.length > 0) throw new AppError("rule_broken", "these rules can't be kept", reasons);
}

/** Stores the pairs that a locked rider is in, if they are given. */
export async function storePairs(tx: Tx, ctx: Ctx, riderId: string, pairs: RiderFields["pairs"]): Promise<void> {
  if (pairs) await setPairsOfRider(tx, ctx.actor.agencyId, riderId, pairs, personOf(ctx));
}

/** A rider with those who go together with them, or never. */
export async function detailOf(tx: Tx, row: RiderRow): Promise<RiderDetail> {
  const pairs = (await pairsOfRider(tx, row.agencyId, row.id)).map(({ riderId, otherId, rule }) => ({
    riderId: riderId === row.id ? otherId : riderId,
    rule,
  }));
  const others = await ridersByIds(
    tx,
    row.agencyId,
    pairs.map(({ riderId }) => riderId),
  );
  const names = new Map(others.map((other) => [other.id, presentRider(other).name]));
  return {
    ...presentRider(row),
    pairs: pairs
      .map((pair) => ({ ...pair, name: names.get(pair.riderId) ?? "" }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}

/** @throws AppError conflict with the rider as it is */
export async function refuseStale(tx: Tx, row: RiderRow, version: number): Promise<void> {
  if (row.version !== version) throw staleVersion(await detailOf(tx, row));
}
