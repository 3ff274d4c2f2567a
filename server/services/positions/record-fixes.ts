import "server-only";
import type { QuarantinedFix, StoredFix } from "@/db/queries/ingest";
import type { DeviceRow } from "@/db/queries/ingest-lookups";
import type { Fix, RawFix } from "@/server/domain/gps/fix";
import type { IngestCounts } from "@/server/domain/gps/formats";
import { judgeFix } from "@/server/domain/gps/judge-fix";
import { isBacklog } from "@/server/domain/gps/live-position";
import { groupBy } from "@/server/domain/group-by";
import type { DutyRoster } from "./duty-roster";
import type { GroupCommit } from "./group-commit";
import type { JumpWatch } from "./jump-watch";
import { dedupeOf, quarantinedFix } from "./quarantine";
import { type Owner, resolveOwners } from "./resolve-owners";
import type { Outcome, WriteJob } from "./write-batch";

export type RecordDeps = {
  roster: DutyRoster;
  jumps: JumpWatch;
  commits: GroupCommit<WriteJob, Outcome[]>;
};

type Believed = { index: number; fix: Fix; owner: Owner };
type Refused = { index: number; code: string; raw: RawFix; vehicleId: string | null };

/**
 * Stores the fixes of one request and tells what became of each; resolves after the commit.
 * A fix of a person outside a signed-on shift is counted (`off_shift`) and not stored.
 * @throws AppError unavailable
 */
export async function recordFixes(
  deps: RecordDeps,
  device: DeviceRow,
  raws: RawFix[],
  receivedAt: Date,
): Promise<IngestCounts> {
  const owners = await resolveOwners(deps.roster, device, raws, receivedAt);
  const offShift: { index: number; code: string }[] = [];
  const refused: Refused[] = [];
  const believed: Believed[] = [];
  for (const [index, raw] of raws.entries()) {
    const owner = owners[index];
    const judged = judgeFix(raw, receivedAt);
    if (!owner) offShift.push({ index, code: "off_shift" });
    else if ("code" in judged) refused.push({ index, code: judged.code, raw, vehicleId: owner.vehicleId });
    else believed.push({ index, fix: judged.fix, owner });
  }
  const { kept, jumped } = await splitJumps(deps.jumps, device, believed, receivedAt);
  const aside = [...refused, ...jumped];
  const rows = aside.map(({ raw, ...about }) => quarantinedFix(device, raw, { ...about, receivedAt }));
  const outcomes = await commitParts(deps.commits, device, kept, rows);
  const unstorable = kept.filter((_, i) => outcomes[i] === "unstorable");
  const codes = [...offShift, ...aside, ...unstorable.map(({ index }) => ({ index, code: "unstorable" }))];
  return {
    accepted: outcomes.filter((outcome) => outcome === "stored").length,
    duplicates: outcomes.filter((outcome) => outcome === "duplicate").length,
    quarantined: codes.map(({ index, code }) => ({ index, code })).sort((a, b) => a.index - b.index),
  };
}

/** Parts the fixes that are impossible jumps from the others. */
async function splitJumps(jumps: JumpWatch, device: DeviceRow, believed: Believed[], now: Date) {
  const kept: Believed[] = [];
  const jumped: Refused[] = [];
  for (const [vehicleId, fixes] of groupBy(believed, ({ owner }) => owner.vehicleId)) {
    const inOrder = fixes.toSorted((a, b) => a.fix.takenAt.getTime() - b.fix.takenAt.getTime());
    const source = { agencyId: device.agencyId, deviceId: device.id, vehicleId };
    const sightings = inOrder.map(({ fix }) => fix);
    const dedupe = (fix: Fix) => dedupeOf(vehicleId, fix, now);
    const verdicts = await jumps.judge(source, sightings, { now, dedupeOf: dedupe });
    inOrder.forEach((item, i) => {
      const { index, fix } = item;
      if (verdicts[i]) jumped.push({ index, code: "impossible_jump", raw: fix, vehicleId });
      else kept.push(item);
    });
  }
  return { kept, jumped };
}

/** Fresh fixes and backlog go separate ways; the answer waits for both. */
async function commitParts(
  commits: RecordDeps["commits"],
  device: DeviceRow,
  kept: Believed[],
  aside: QuarantinedFix[],
): Promise<Outcome[]> {
  const fixes = kept.map(({ fix, owner }) => storedFix(device, fix, owner));
  const submit = (lane: "fresh" | "backlog", part: StoredFix[], quarantined: QuarantinedFix[]) => {
    const size = part.length + quarantined.length;
    return size === 0 ? [] : commits.submit({ fixes: part, quarantined }, size, lane);
  };
  const late = fixes.filter(isBacklog);
  if (late.length === 0) return submit("fresh", fixes, aside);
  if (late.length === fixes.length) return submit("backlog", fixes, aside);
  const [freshOutcomes, lateOutcomes] = await Promise.all([
    submit(
      "fresh",
      fixes.filter((fix) => !isBacklog(fix)),
      [],
    ),
    submit("backlog", late, aside),
  ]);
  const [nextFresh, nextLate] = [freshOutcomes.values(), lateOutcomes.values()];
  return fixes.map((fix) => (isBacklog(fix) ? nextLate : nextFresh).next().value ?? "unstorable");
}

/** Field by field, as in `judgeFix`. */
function storedFix(device: DeviceRow, fix: Fix, { vehicleId, shiftId }: Owner): StoredFix {
  const { lat, lon, takenAt, receivedAt, accuracyM, speedMps, headingDeg, altitudeM, batteryPct, charging } = fix;
  return {
    agencyId: device.agencyId,
    vehicleId,
    deviceId: device.id,
    shiftId,
    source: device.vehicleId ? "device" : "crew",
    lat,
    lon,
    takenAt,
    receivedAt,
    accuracyM,
    speedMps,
    headingDeg,
    altitudeM,
    batteryPct,
    charging,
  };
}
