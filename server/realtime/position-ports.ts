import type { LiveUnit } from "@/server/domain/positions/frames";

/** What a lease lasts from its grant or renewal. */
export const LEASE_MS = 10_000;

export type Lease =
  /** For `LEASE_MS`. `term` grows each time another process takes over: what the former holder knew is not to be trusted. */
  { isHeld: true; term: number } | { isHeld: false; forMs: number };

/** A vehicle's fix that has just been stored as its newest. */
export type MovedUnit = {
  vehicleId: string;
  lat: number;
  lon: number;
  headingDeg: number | null;
  speedMps: number | null;
  takenAt: Date;
};

/** What the publisher of positions needs from its surroundings. */
export type PositionPorts = {
  /** The newest fixes of some vehicles of an agency, or of all. */
  readLive(agencyId: string, vehicleIds: string[] | "all"): Promise<LiveUnit[]>;
  /** Vehicle ids and numbers of an agency's units; how many they are decides between one cell and H3 cells. */
  vehicleNumbers(agencyId: string): Promise<Map<string, string>>;
  /** Takes or renews the right to publish an agency's frames. */
  acquire(agencyId: string): Promise<Lease>;
  /**
   * Takes `count` numbers for each cell and renews the lease.
   * @returns each cell's last number, or null when the lease is another's by now
   */
  advance(agencyId: string, term: number, counts: Map<string, number>): Promise<Map<string, number> | null>;
  /** Cells that listeners of this agency have ever been told about. */
  knownCells(agencyId: string): Promise<string[]>;
  /** Tells the lease's holder, wherever it runs, which vehicles have newer fixes. */
  forward(agencyId: string, vehicleIds: string[]): Promise<void>;
  publish(events: { channel: string; name: string; data: unknown }[]): Promise<void>;
  nowMs(): number;
  /** Runs once after a while. @returns how to call it off */
  after(delayMs: number, run: () => void): () => void;
  onError(error: unknown): void;
};
