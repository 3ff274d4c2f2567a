import "server-only";
import type { ReadDay } from "@/server/domain/planning/laid-day";
import type { PlanningDay } from "@/server/domain/planning/types";
import type { Found } from "@/server/integrations/solver/messages";
import { solver } from "@/server/integrations/solver/search-engine";

/** The best plan so far, for who waits. */
export type Better = { bestCost: number | null; unservedCount: number | null };
export type Solve = { seed: number; seconds: number; stop: AbortSignal; onBetter: (better: Better) => void };

/** Searches for a plan of a day, beginning from the manifests as they are, and reads it back. */
export async function solveDay(day: PlanningDay, { onBetter, ...solve }: Solve): Promise<ReadDay> {
  const { lay, search } = solver();
  const { problem, start, never, read, close } = await lay(day);
  try {
    const tell = ({ distance, unserved }: Found) =>
      onBetter({ bestCost: distance, unservedCount: never + unserved.length });
    const found = await search({ ...solve, problem, start, onBetter: tell });
    return await read(found?.routes ?? start);
  } finally {
    await close();
  }
}
