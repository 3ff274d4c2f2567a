import "server-only";
import type { WhoseJobs } from "@/db/queries/jobs";
import { type Actor, isOperator } from "@/server/context";

/** Whose jobs an actor may see and retry: its agency's, or, for an operator, everybody's and those of no agency. */
export const jobsSeenBy = (actor: Actor): WhoseJobs => (isOperator(actor) ? "all" : { agencyId: actor.agencyId });
