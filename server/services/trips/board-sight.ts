import "server-only";
import type { Ctx } from "@/server/context";

/**
 * What a console may see of its board, in one value: those with the same share a reading. Null for who reads alone: a
 * replica is asked for a position of the caller's own, and a transaction that spans a request sees its own changes.
 */
export const boardSight = ({ actor, replica, spanning }: Ctx): unknown =>
  actor.kind !== "user" || replica || spanning
    ? null
    : [actor.agencyId, [...actor.roles].sort(), actor.locked ?? false];
