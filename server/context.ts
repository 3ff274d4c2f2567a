import "server-only";
import type { Db, Tx } from "@/db/client";
import { isCrewOnly, type Permission, type Role, type Scope } from "@/server/domain/people/permissions";

/** Who acts, in which agency. */
export type Actor =
  | {
      kind: "user";
      agencyId: string;
      userId: string;
      accountId: string;
      sessionId: string;
      roles: Role[];
      source: "console" | "api";
      /** An idle console: it may keep showing the board, without patient data and without changing anything. */
      locked?: boolean;
      /** Looks after the whole installation, besides a place in this agency. */
      operator?: boolean;
    }
  | { kind: "api_key"; agencyId: string; apiKeyId: string; scopes: Scope[] }
  | { kind: "system"; agencyId: string; name: string };

/** What every service gets: nothing below the edge reads the clock or the environment. */
export type Ctx = {
  db: Db;
  actor: Actor;
  now: Date;
  requestId: string;
  /** The transaction around the whole request, if there is one, and what is to run after its commit. */
  spanning?: { tx: Tx; afterCommit: (() => Promise<void> | void)[] };
  /** Where `read` may read instead of at the primary. */
  replica?: Db | undefined;
  /** Hears how far the log has come with a change, so that the next read can ask for at least that. */
  onCommitted?: ((position: string) => void) | undefined;
};

/** The user id of a person, undefined for keys and jobs. */
export const actorUserId = (actor: Actor): string | undefined => (actor.kind === "user" ? actor.userId : undefined);

/** The id to keep in events and audit rows: the user's or the key's. */
export const actorId = (actor: Actor): string | null =>
  actor.kind === "user" ? actor.userId : actor.kind === "api_key" ? actor.apiKeyId : null;

/** An idle console: it keeps its board and gets no patient data. */
export const isLocked = (actor: Actor): boolean => actor.kind === "user" && actor.locked === true;

/** The person whose own trips and shifts are all this actor may see; undefined for the office, keys and jobs. */
export const ownRowsOnly = (actor: Actor): string | undefined =>
  actor.kind === "user" && isCrewOnly(actor.roles) ? actor.userId : undefined;

/** May this actor see what belongs to no agency? Only people whom the owner of the installation said so of. */
export const isOperator = (actor: Actor): boolean => actor.kind === "user" && actor.operator === true;

export const hasRole = (actor: Actor, ...roles: Role[]): boolean =>
  actor.kind === "user" && actor.roles.some((role) => roles.includes(role));

export type { Permission, Role, Scope };
