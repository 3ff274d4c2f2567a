import "server-only";
import { type Db, inAgency, readInAgency } from "@/db/client";
import {
  advancePositionSeqs,
  liveUnits,
  notifyPositionsMoved,
  positionCells,
  positionLeaseLeftMs,
  takePositionLease,
  vehicleNumbers,
} from "@/db/queries/position-leases";
import { LEASE_MS, type PositionPorts } from "./position-ports";

type Given = Pick<PositionPorts, "publish" | "onError"> & { holder: string };

/** The publisher's surroundings over PostgreSQL and the real clock. @param given.holder - unique to this process */
export function postgresPositionPorts(db: Db, { holder, publish, onError }: Given): PositionPorts {
  return {
    readLive: (agencyId, vehicleIds) => readInAgency(db, { agencyId }, (tx) => liveUnits(tx, agencyId, vehicleIds)),
    vehicleNumbers: (agencyId) => readInAgency(db, { agencyId }, (tx) => vehicleNumbers(tx, agencyId)),
    acquire: (agencyId) =>
      inAgency(db, { agencyId }, async (tx) => {
        const term = await takePositionLease(tx, agencyId, holder, LEASE_MS);
        if (term !== null) return { isHeld: true, term };
        return { isHeld: false, forMs: await positionLeaseLeftMs(tx, agencyId) };
      }),
    advance: (agencyId, term, counts) => advancePositionSeqs(db, agencyId, { holder, term, leaseMs: LEASE_MS }, counts),
    knownCells: (agencyId) => readInAgency(db, { agencyId }, (tx) => positionCells(tx, agencyId)),
    forward: (agencyId, vehicleIds) => notifyPositionsMoved(db, agencyId, vehicleIds),
    publish,
    nowMs: () => Date.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs).unref();
      return () => clearTimeout(timer);
    },
    onError,
  };
}
