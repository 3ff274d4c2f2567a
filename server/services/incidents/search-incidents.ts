import "server-only";
import type { Ctx } from "@/server/context";
import { type Incident, type IncidentSearchInput, numberMeant } from "@/server/domain/incidents/incident";
import type { Page } from "@/server/services/page";
import { listIncidents } from "./list-incidents";

/**
 * Finds incidents by their number, or by that of a trip in them. Notes may name a patient: they are sealed, and no index
 * of them exists to be searched.
 */
export async function searchIncidents(ctx: Ctx, { q, ...rest }: IncidentSearchInput): Promise<Page<Incident>> {
  const number = numberMeant(q);
  return number === null ? { items: [], nextCursor: null } : listIncidents(ctx, { ...rest, number });
}
